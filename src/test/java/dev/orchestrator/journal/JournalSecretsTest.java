package dev.orchestrator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent.QuestionAsked;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSecretsTest {
    @TempDir
    Path directory;

    @Test
    void a_secret_comes_neither_to_the_disk_nor_to_those_who_make_other_files_of_it() throws IOException {
        Path file = directory.resolve("events.ndjson");
        Redactor redactor = Redactor.of(Map.of("MY_TOKEN", "canary\"4711"), List.of());
        List<Event> told = new ArrayList<>();
        try (Journal journal = Journal.open(
                file, () -> JournalHome.LARGE, Journal.Trusted.NOTHING, redactor, new ManualTime(), Thread::new)) {
            journal.start(List.of((entry, after) -> told.add(entry.event())));
            journal.commit(new QuestionAsked(new TaskId("t"), 1, 1, "is it canary\"4711?"));
        }
        assertThat(told).containsExactly(new QuestionAsked(new TaskId("t"), 1, 1, "is it [redacted]?"));
        assertThat(file).content().contains("is it [redacted]?").doesNotContain("4711");
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void a_text_that_is_cut_has_no_half_of_one_at_its_end() throws IOException {
        JournalHome home = new JournalHome(directory);
        String token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        home.write(
                JournalHome.LARGE,
                new QuestionAsked(
                        new TaskId("t"), 1, 1, "x".repeat(999_970) + " " + token + " " + "x".repeat(16_000_000)));

        assertThat(Files.readString(home.file)).contains("[redacted]").doesNotContain("ghp_");
    }
}
