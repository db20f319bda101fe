package dev.orchestrator.intake.file;

import static dev.orchestrator.intake.file.Reading.READER;
import static dev.orchestrator.intake.file.Reading.rejected;
import static dev.orchestrator.intake.file.Reading.understood;
import static dev.orchestrator.intake.file.Reading.withKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.testkit.TaskBuilder;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task file may look like as a whole, byte by byte and block by block. */
class TaskFileReaderTest {
    private static final String EVERYTHING = """
            ---
            id: Fix-Login            # optional
            type: bug_fix
            priority: high
            cwd: services/auth
            after: [other-task]
            timeout: 45m
            idle_timeout: 90s
            max_turns: 40
            max_budget_usd: 2.50
            model: claude-sonnet-4-5[1m]
            guarded: false
            expected_files: [src/**/Login*.java]
            allowed_tools: [Bash(mvn *)]
            retries: 2
            labels: [auth]
            acceptance: [mvn -q test]
            acceptance_timeout: 5m
            acceptance_rounds: 2
            parent_task_id: Earlier
            coordinator: true
            output_schema: {type: object, properties: {n: {type: integer}}}
            agent: Codex
            ---

            # Fix the login timeout

            **Target Files:**
            - src/login.py

            **Prompt:**
            Make the limit configurable.

            **Success Criteria:**
            - [ ] The limit is a setting

            **Context:**
            Users complain.
            """;

    @Test
    void a_file_that_says_everything_is_understood() {
        TaskDraft draft = understood(EVERYTHING);

        assertThat(draft.id()).isEqualTo(new TaskId("fix-login"));
        assertThat(draft.spec())
                .isEqualTo(new TaskSpec(
                        "bug_fix",
                        "Fix the login timeout",
                        Priority.HIGH,
                        "services/auth",
                        List.of(new TaskId("other-task")),
                        Duration.ofMinutes(45),
                        Duration.ofSeconds(90),
                        40,
                        new BigDecimal("2.50"),
                        "claude-sonnet-4-5[1m]",
                        List.of("src/**/Login*.java"),
                        List.of("Bash(mvn *)"),
                        2,
                        List.of("auth"),
                        false,
                        new Acceptance(List.of("mvn -q test"), Duration.ofMinutes(5), 2),
                        new TaskId("earlier"),
                        "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}",
                        "codex",
                        true));
        assertThat(draft.body().instructions()).isEqualTo("Make the limit configurable.");
        assertThat(draft.body().targets()).containsExactly("src/login.py");
        assertThat(draft.body().criteria()).containsExactly("The limit is a setting");
        assertThat(draft.body().context()).isEqualTo("Users complain.");
    }

    @Test
    void plain_prose_is_a_task_that_leaves_everything_else_open() {
        TaskDraft draft = understood("Please fix the login timeout.\nIt is too short.\n");

        assertThat(draft.id()).isNull();
        assertThat(draft.spec())
                .isEqualTo(TaskBuilder.task("any")
                        .title("Please fix the login timeout.")
                        .build()
                        .spec());
        assertThat(draft.body().instructions()).isEqualTo("Please fix the login timeout.\nIt is too short.");
    }

    @Test
    void the_predecessors_files_stay_readable() {
        TaskDraft draft = understood("""
                ---
                id: task_1a2b3c4d
                type: fix
                priority: Medium
                created: 2025-08-25T10:00:00.123456
                cwd: C:\\work\\repo
                timeout_sec: 1800
                template_id: [whatever, it: was]
                ---

                # Task task_1a2b3c4d

                **Target Files:**
                - src/a.py

                **Prompt:**
                Fix it.

                **Success Criteria:**
                - [ ] Fixed

                **Context:**
                None.
                """);

        assertThat(draft.id()).isEqualTo(new TaskId("task_1a2b3c4d"));
        assertThat(draft.spec().type()).isEqualTo("bug_fix");
        assertThat(draft.spec().timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(draft.spec().cwd()).isEqualTo("C:\\work\\repo");
    }

    @Test
    void all_ways_to_end_a_line_read_alike() {
        TaskDraft expected = understood(EVERYTHING);

        assertThat(understood(EVERYTHING.replace("\n", "\r\n"))).isEqualTo(expected);
        assertThat(understood(EVERYTHING.replace("\n", "\r"))).isEqualTo(expected);
        assertThat(understood(EVERYTHING.strip())).isEqualTo(expected);
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                arguments(StandardCharsets.UTF_8, ""),
                arguments(StandardCharsets.UTF_8, "\uFEFF"),
                arguments(StandardCharsets.UTF_8, "\uFEFF\uFEFF"),
                arguments(StandardCharsets.UTF_16LE, "\uFEFF"),
                arguments(StandardCharsets.UTF_16BE, "\uFEFF"));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void every_encoding_that_announces_itself_is_read(Charset charset, String mark) {
        String file = "---\nlabels: [вход, 登录]\n---\n# Починить 登录 🔐\n\nПочему 登录 🔐?\n";

        TaskDraft draft = understood("sample.task.md", (mark + file).getBytes(charset));

        assertThat(draft.spec().labels()).containsExactly("вход", "登录");
        assertThat(draft.spec().title()).isEqualTo("Починить 登录 🔐");
        assertThat(draft.body().instructions()).isEqualTo("Почему 登录 🔐?");
    }

    @Test
    void a_byte_that_is_not_utf_8_is_named_with_its_line() {
        byte[] latin1 = "# Title\r\n\r\ncafé\r\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(rejected(latin1))
                .isEqualTo(new Rejection(
                        "The byte 0xE9 is not valid UTF-8", 3, "Save the file as UTF-8 and drop it again."));
    }

    @Test
    void a_character_that_is_cut_at_the_end_is_not_utf_8() {
        byte[] whole = "one\ntwo é".getBytes(StandardCharsets.UTF_8);

        Rejection rejection = rejected(Arrays.copyOf(whole, whole.length - 1));

        assertThat(rejection.reason()).isEqualTo("The byte 0xC3 is not valid UTF-8");
        assertThat(rejection.line()).isEqualTo(2);
    }

    @Test
    void half_a_character_of_utf_16_is_refused() {
        byte[] whole = "\uFEFFone\ntwo".getBytes(StandardCharsets.UTF_16LE);

        Rejection rejection = rejected(Arrays.copyOf(whole, whole.length - 1));

        assertThat(rejection.reason()).isEqualTo("The byte 0x6F is not valid UTF-16");
        assertThat(rejection.line()).isEqualTo(2);
    }

    static Stream<Arguments> binaries() {
        ByteArrayOutputStream bell = new ByteArrayOutputStream();
        bell.writeBytes(new byte[50]);
        byte[] bells = bell.toByteArray();
        Arrays.fill(bells, (byte) 7);
        return Stream.of(
                arguments("NUL", "text\0text".getBytes(StandardCharsets.UTF_8)),
                arguments("control characters", bells),
                arguments("PNG", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13}),
                arguments("UTF-16 without a mark", "Do it.".getBytes(StandardCharsets.UTF_16LE)),
                arguments("UTF-32", "\uFEFFDo it.".getBytes(Charset.forName("UTF-32LE"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("binaries")
    void binary_content_is_refused(String what, byte[] content) {
        assertThat(rejected(content))
                .as(what)
                .isEqualTo(new Rejection(
                        "The file is a binary file",
                        null,
                        "Write the task as Markdown text; if it is text already, save it as UTF-8."));
    }

    @Test
    void coloured_terminal_output_in_a_task_is_text() {
        assertThat(understood("Why?\n\n\u001b[31mFAILED\u001b[0m test_login\n")
                        .body()
                        .instructions())
                .isEqualTo("Why?\n\n\u001b[31mFAILED\u001b[0m test_login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n \t\r\n", "\uFEFF", "\uFEFF\n"})
    void a_file_without_text_is_empty(String file) {
        assertThat(rejected(file))
                .isEqualTo(new Rejection("The file is empty", null, "Write what is to be done; plain text is enough."));
    }

    @Test
    void a_file_that_is_too_large_is_refused_by_its_size_alone() {
        TaskFileReader reader = new TaskFileReader(() -> Set.of(), 10);

        Rejection rejection = reader.tooLarge(11).orElseThrow();

        assertThat(rejection.reason()).isEqualTo("The file has 11 bytes; at most 10 are accepted");
        assertThat(rejection.line()).isNull();
        assertThat(reader.read("x.task.md", new byte[11])).isEqualTo(new TaskFileResult.NotUnderstood(rejection));
        assertThat(reader.tooLarge(10)).isEmpty();
        assertThat(reader.read("x.task.md", "0123456789".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TaskFileResult.Understood.class);
    }

    @Test
    void front_matter_that_does_not_end_is_refused() {
        assertThat(rejected("---\nid: x\n\nDo it.\n"))
                .isEqualTo(new Rejection(
                        "The front matter that starts in line 1 does not end",
                        1,
                        "Add a line '---' after its last key, or remove line 1 if the file has no front matter."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\nid: a\n---\nDo it.",
                "---\nid: a\n...\nDo it.",
                "--- \t\nid: a\n---  \nDo it.",
                "---\nid: a\n---\n\n\nDo it.\n\n",
                "---\n\n# a comment\nid: a # another\n\n---\nDo it."
            })
    void front_matter_ends_at_a_line_of_dashes_or_dots(String file) {
        TaskDraft draft = understood(file);

        assertThat(draft.id()).isEqualTo(new TaskId("a"));
        assertThat(draft.body().instructions()).isEqualTo("Do it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"---\n---\nDo it.", "---\n\n---\nDo it.", "---\n# nothing\n---\nDo it.", "---\n~\n---\nDo it."})
    void empty_front_matter_says_nothing(String file) {
        assertThat(understood(file).spec()).isEqualTo(understood("Do it.").spec());
    }

    @Test
    void dashes_inside_a_value_do_not_end_the_front_matter() {
        TaskDraft draft =
                understood(withKeys("cwd: \"a --- b\"", "labels:", "  - x---", "  - '---'", "  - |", "   ---"));

        assertThat(draft.spec().cwd()).isEqualTo("a --- b");
        assertThat(draft.spec().labels()).containsExactly("x---", "---");
    }

    @Test
    void dashes_at_the_left_edge_end_the_front_matter_even_inside_quotes() {
        Rejection rejection = rejected("---\ncwd: \"a\n---\nb\"\n---\nDo it.");

        assertThat(rejection.reason()).startsWith("The front matter is not valid YAML: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n---\nguarded: true\n---\nDo it.",
                " ---\nguarded: true\n---\nDo it.",
                "\u200b---\nguarded: true\n---\nDo it.",
                "—\n\nguarded: true\n—\nDo it.",
                "guarded: true\n\nDo it.",
                "----\n guarded : true\n----\nDo it.",
                "---\nid: a\n...\nguarded: true\n---\nDo it.",
                "---\nid: a\n---\n\n---\nguarded: true\n---\nDo it."
            })
    void front_matter_that_is_not_where_it_belongs_never_passes_for_prose(String file) {
        Rejection rejection = rejected(file);

        assertThat(rejection.reason()).isEqualTo("The key 'guarded' stands outside of any front matter");
        assertThat(file.split("\n")[Objects.requireNonNull(rejection.line()) - 1])
                .contains("guarded");
        assertThat(rejection.remedy()).startsWith("Put all keys between two lines '---'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Note: fix it.",
                "# type: a title",
                "Priority: high, please fix it.",
                "\n---\nFix it.",
                "models: x"
            })
    void prose_that_only_resembles_front_matter_is_prose(String file) {
        assertThat(understood(file).body().instructions()).isNotBlank();
    }

    static Stream<Arguments> badYaml() {
        return Stream.of(
                arguments("id: a\nlabels: [a\n", 4, "expected ',' or ']', but got <stream end>"),
                arguments("id: a\n cwd: b: c\n", 3, "mapping values are not allowed here"),
                arguments("id: a\n\tcwd: b\n", 3, "found character '\\t(TAB)' that cannot start any token."),
                arguments("id: a\ncwd: *.md\n", 3, "unexpected character found"),
                arguments("id: a\ncwd: *other\n", 3, "found undefined alias other"),
                arguments("id: a\ncwd: @home\n", 3, "found character '@' that cannot start any token."),
                arguments("id: a\ncwd: \"b\n", 4, "found unexpected end of stream"),
                arguments(
                        "id: a\n--- b\nid: c\n",
                        3,
                        "expected a single document in the stream but found another document"),
                arguments("%YAML 1.1\nid: a\n", 3, "expected '<document start>'"),
                arguments("created: !!java.net.URL [\"http://x\"]\n", 2, "Global tag is not allowed"),
                arguments(
                        "created: " + "[".repeat(25) + "a" + "]".repeat(25) + "\n",
                        2,
                        "Nesting Depth exceeded max 24"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badYaml")
    void bad_yaml_is_refused_with_the_line_of_the_file(String yaml, int line, String problem) {
        Rejection rejection = rejected("---\n" + yaml + "---\nDo it.\n");

        assertThat(rejection.reason()).startsWith("The front matter is not valid YAML: " + problem);
        assertThat(rejection.line()).isEqualTo(line);
        assertThat(rejection.remedy()).isNotBlank();
    }

    @Test
    void a_bomb_of_aliases_is_refused() {
        StringBuilder yaml = new StringBuilder("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (char c = 'b'; c <= 'i'; c++) {
            String earlier = "*" + (char) (c - 1);
            yaml.append(c + ": &" + c + " [" + (earlier + ", ").repeat(8) + earlier + "]\n");
        }

        assertThat(rejected("---\n" + yaml + "---\nDo it.").reason())
                .isEqualTo("The front matter is not valid YAML: Number of aliases for non-scalar nodes exceeds the"
                        + " specified max=10");
    }

    @Test
    void an_alias_within_bounds_is_read() {
        assertThat(understood(withKeys("cwd: &here a", "labels: [*here, b]"))
                        .spec()
                        .labels())
                .containsExactly("a", "b");
    }

    @Test
    void a_list_that_contains_itself_is_refused() {
        assertThat(rejected(withKeys("labels: &a [x, *a]")).reason())
                .isEqualTo("labels: has an entry that is a list or has keys of its own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id: !mine a", "!mine id: a", "labels: !mine [a]", "labels: [!mine a]", "cwd: !!binary YQ=="})
    void a_tag_is_refused(String line) {
        Rejection rejection = rejected(withKeys("# a comment", line));

        assertThat(rejection.reason()).startsWith("The front matter holds the tag '");
        assertThat(rejection.line()).isEqualTo(3);
    }

    @Test
    void a_key_given_twice_is_refused_with_both_lines() {
        assertThat(rejected(withKeys("id: a", "cwd: b", "id: c")))
                .isEqualTo(new Rejection("The key 'id' is given twice, in lines 2 and 4", 4, "Keep one of the two."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- id: a", "just text", "[a, b]", "\"a\": b: c"})
    void front_matter_that_is_no_mapping_is_refused(String yaml) {
        assertThat(rejected(withKeys(yaml)).reason()).startsWith("The front matter is not ");
        assertThat(rejected(withKeys(yaml)).line()).isEqualTo(2);
    }

    @Test
    void a_key_that_is_a_list_is_refused() {
        assertThat(rejected(withKeys("? [a, b]", ": c")).reason()).isEqualTo("A key of the front matter is not text");
    }

    @Test
    void an_invisible_character_in_the_front_matter_is_refused_with_its_line() {
        Rejection rejection = rejected(withKeys("id: a", "labels: x\u2028guarded: true"));

        assertThat(rejection.reason()).isEqualTo("The front matter holds the invisible character '\\u2028'");
        assertThat(rejection.line()).isEqualTo(3);
    }

    @Test
    void front_matter_has_a_length_limit_of_its_own() {
        Rejection rejection = rejected(withKeys("# " + "x".repeat(300_000)));

        assertThat(rejection.reason()).isEqualTo("The front matter has 300003 characters; at most 262144 are accepted");
        assertThat(rejection.line()).isEqualTo(2);
    }

    @Test
    void front_matter_alone_does_not_say_what_to_do() {
        assertThat(rejected("---\nid: a\n---\n"))
                .isEqualTo(new Rejection(
                        "The file does not say what is to be done",
                        null,
                        "Write what is to be done, as plain text or below '**Prompt:**'."));
    }

    @Test
    void lines_of_the_body_are_counted_from_the_start_of_the_file() {
        assertThat(rejected("---\nid: a\n---\n# Title\n\n**Prompt:**\n\n**Context:** x\n"))
                .isEqualTo(new Rejection(
                        "The section 'Prompt' is empty",
                        6,
                        "Write what is to be done, as plain text or below '**Prompt:**'."));
    }

    @Test
    void the_known_types_are_asked_for_at_each_file() {
        Set<String> types = new HashSet<>();
        TaskFileReader reader = new TaskFileReader(() -> types, 1000);
        byte[] file = withKeys("type: poem").getBytes(StandardCharsets.UTF_8);

        assertThat(reader.read("a.task.md", file)).isInstanceOf(TaskFileResult.NotUnderstood.class);
        types.add("poem");
        assertThat(reader.read("a.task.md", file)).isInstanceOf(TaskFileResult.Understood.class);
    }

    @Test
    void the_answer_does_not_depend_on_the_language_of_the_system() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(understood(withKeys("priority: HIGH", "id: FIX", "timeout: 1D"))
                            .spec()
                            .priority())
                    .isEqualTo(Priority.HIGH);
            assertThat(READER.read("X.TASK.MD", "**PROMPT:** I".getBytes(StandardCharsets.UTF_8))
                            .toString())
                    .contains("instructions=I,");
        } finally {
            Locale.setDefault(before);
        }
    }
}
