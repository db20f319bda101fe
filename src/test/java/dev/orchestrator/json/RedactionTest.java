package dev.orchestrator.json;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.DaemonEvent.TaskRejected;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.Verbatim;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String SECRET = "canary-4711";
    private final Redaction redaction = new Redaction(Redactor.of(Map.of("MY_TOKEN", SECRET), List.of()));

    record Inner(String text, int number) {}

    record Outer(
            String text,
            @Nullable String none,
            List<@Nullable String> list,
            Map<String, Long> map,
            List<Inner> inner,
            TaskId id,
            @Verbatim String kept) {}

    @Test
    void every_text_is_looked_at_however_deep_it_is() {
        Outer outer = new Outer(
                "a " + SECRET,
                null,
                Arrays.asList("b", null, SECRET),
                Map.of("n-" + SECRET, 1L),
                List.of(new Inner("c", 1), new Inner(SECRET, 2)),
                new TaskId(SECRET),
                SECRET);

        assertThat(redaction.of(outer))
                .isEqualTo(new Outer(
                        "a [redacted]",
                        null,
                        Arrays.asList("b", null, "[redacted]"),
                        Map.of("n-[redacted]", 1L),
                        List.of(new Inner("c", 1), new Inner("[redacted]", 2)),
                        new TaskId(SECRET),
                        SECRET));
    }

    @Test
    void without_secrets_it_is_the_very_same() {
        Outer outer =
                new Outer("a", null, Collections.singletonList(null), Map.of("n", 1L), List.of(), new TaskId("x"), "k");

        assertThat(redaction.of(outer)).isSameAs(outer);
    }

    @Test
    void what_the_program_acts_upon_in_a_task_stays_and_what_it_only_shows_does_not() {
        Task task = task("t").title("Use " + SECRET).allows(SECRET).build();

        TaskEvent.TaskAccepted event = redaction.of(new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", SECRET));

        assertThat(event.text()).isEqualTo("[redacted]");
        assertThat(event.task().spec().title()).isEqualTo("Use [redacted]");
        assertThat(event.task().spec().allowedTools()).containsExactly(SECRET);
        assertThat(event.task().source()).isEqualTo(task.source());
    }

    @Test
    void a_secret_in_what_the_program_acts_upon_is_named_by_its_place() {
        assertThat(redaction.inVerbatim(task("t").allows(SECRET).build().spec()))
                .contains("allowed_tools");
        assertThat(redaction.inVerbatim(task("t").after(SECRET).build().spec())).contains("after");
        assertThat(redaction.inVerbatim(task("t").title(SECRET).build().spec())).isEmpty();
    }

    @Test
    void a_rejected_file_is_told_without_what_is_in_its_name() {
        TaskRejected event = new TaskRejected(SECRET + ".task.md", "tasks/rejected/x", "", "'" + SECRET + "'", 1, "");

        assertThat(redaction.of(event).toString()).doesNotContain(SECRET);
    }
}
