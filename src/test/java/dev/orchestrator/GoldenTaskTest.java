package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.intake.file.TaskFileReader;
import dev.orchestrator.intake.file.TaskFileResult;
import dev.orchestrator.json.Json;
import dev.orchestrator.mediator.PromptComposer;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Template;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.mediator.TermsRule;
import dev.orchestrator.mediator.Understanding;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One task file of each built-in template, from its bytes to what the agent is told. A change to a golden file changes what every
 * task of that kind means: read the difference as a user of that template would. To renew them all:
 * {@code mvn test -Dtest=GoldenTaskTest -Dgolden.update=true}
 */
class GoldenTaskTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Templates TEMPLATES = new Templates(Path.of("not-there"));
    private static final RuleMediator RULES = new RuleMediator();

    /** All that a task file comes to before an agent is started. */
    record Read(
            @Nullable TaskId id,
            TaskSpec spec,
            TaskBody body,
            Understanding understanding,
            Access access,
            Terms terms) {}

    private record Golden(String spec, String prompt) {}

    static Stream<String> templates() {
        return TEMPLATES.names().stream();
    }

    @BeforeAll
    static void renew() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            for (String name : TEMPLATES.names()) {
                Golden golden = golden(name, content(name));
                Files.writeString(GOLDEN.resolve(name + ".spec.json"), golden.spec());
                Files.writeString(GOLDEN.resolve(name + ".prompt.md"), golden.prompt());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void a_task_means_the_same_and_is_put_the_same_byte_for_byte(String name) throws IOException {
        Golden golden = golden(name, content(name));

        assertThat(golden.spec().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes(name + ".spec.json"));
        assertThat(golden.prompt().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes(name + ".prompt.md"));
        assertThat(golden(name, content(name))).isEqualTo(golden);
    }

    /** Turkish folds I to another letter, Arabic has other digits, and Thailand counts other years. */
    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist", "de-DE", "und"})
    void neither_language_nor_time_zone_of_the_machine_matters(String language) throws IOException {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            for (String place : List.of("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu")) {
                TimeZone.setDefault(TimeZone.getTimeZone(place));
                assertAllAsKnown();
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static void assertAllAsKnown() throws IOException {
        for (String name : TEMPLATES.names()) {
            assertThat(golden(name, content(name))).isEqualTo(known(name));
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void line_ends_and_a_byte_order_mark_do_not_matter(String name) throws IOException {
        String text = new String(content(name), StandardCharsets.UTF_8);
        byte[] ofWindows = ("\uFEFF" + text.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);

        assertThat(golden(name, ofWindows)).isEqualTo(known(name));
    }

    @Test
    void there_are_three_files_for_each_template_and_no_others() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(templates()
                            .flatMap(name -> Stream.of(".task.md", ".spec.json", ".prompt.md")
                                    .map(end -> name + end))
                            .toList());
        }
    }

    private static Golden known(String name) throws IOException {
        return new Golden(
                Files.readString(GOLDEN.resolve(name + ".spec.json")),
                Files.readString(GOLDEN.resolve(name + ".prompt.md")));
    }

    private static byte[] content(String name) throws IOException {
        return bytes(name + ".task.md");
    }

    private static byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(GOLDEN.resolve(file));
    }

    /** As the daemon does it, without its files. */
    private static Golden golden(String name, byte[] content) {
        TaskFileResult result = new TaskFileReader(TEMPLATES::names, 1 << 20).read(name + ".task.md", content);
        assertThat(result).isInstanceOf(TaskFileResult.Understood.class);
        TaskDraft draft = ((TaskFileResult.Understood) result).draft();
        Understanding understanding = RULES.understand(draft.spec(), draft.body());
        assertThat(understanding.type()).isEqualTo(name);
        Access access = new AccessRule(RULES, TEMPLATES, () -> false).of(draft.spec(), draft.body());
        Template template = ((Templates.Search.Found) TEMPLATES.find(name)).template();
        Terms terms = TermsRule.of(task(draft, access), template, understanding);
        String prompt = PromptComposer.compose(draft.spec().title(), draft.body(), understanding, template, terms, "");
        Read read = new Read(draft.id(), draft.spec(), draft.body(), understanding, access, terms);
        return new Golden(Json.text(Json.pretty(), read) + "\n", prompt);
    }

    private static Task task(TaskDraft draft, Access access) {
        TaskId id = draft.id() == null ? TaskId.parse("golden") : draft.id();
        TaskSource source = new TaskSource(id + ".task.md", "0".repeat(64), 12);
        return new Task(id, source, draft.spec(), "/srv", access, Instant.EPOCH);
    }
}
