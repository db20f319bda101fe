package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files that are no tasks. */
class RejectedTaskFilesTest extends IntakeCase {
    private static final String TOKEN = "glpat-" + "x9y8z7w6v5u4t3s2r1q0";

    @Test
    void a_secret_where_it_would_have_to_be_written_down_is_named_by_its_place() throws IOException {
        JsonNode reason = rejected(
                "bad.task.md", "---\ntype: analyze\nallowed_tools: [\"Bash(curl " + TOKEN + ")\"]\n---\nLook.\n");

        assertThat(reason.path("reason").asText())
                .contains("`allowed_tools` has a secret")
                .doesNotContain(TOKEN);
        assertThat(reason.path("line").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: ", "after: ", "cwd: ", "model: "})
    void a_secret_is_refused_in_whatever_the_program_acts_upon(String key) throws IOException {
        JsonNode reason = rejected("bad.task.md", "---\n" + key + TOKEN + "\n---\nLook.\n");

        assertThat(reason.path("reason").asText())
                .startsWith("`" + key.substring(0, key.indexOf(':')) + "` has a secret in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: ", "after: [other, ", "after: other, "})
    void a_secret_in_capitals_is_refused_though_ids_are_folded(String key) throws IOException {
        String capitals = "AKIA" + "Z7XW3VQK5RT2MNB4";

        JsonNode reason =
                rejected("bad.task.md", "---\n" + key + capitals + (key.contains("[") ? "]" : "") + "\n---\nLook.\n");

        assertThat(reason.path("reason").asText())
                .startsWith("`" + key.substring(0, key.indexOf(':')) + "` has a secret in it");
        assertThat(reason.path("line").asInt()).isEqualTo(2);
    }

    @Test
    void a_secret_in_the_name_of_a_file_is_told_without_it() throws IOException {
        JsonNode reason = rejected(TOKEN + ".task.md", "Look.\n");

        assertThat(reason.path("reason").asText()).startsWith("The file's name has a secret");
        assertThat(reason.path("file").asText()).isEqualTo("[redacted]");
    }

    @Test
    void a_bad_file_lies_in_rejected_with_the_reason_beside_it() throws IOException {
        JsonNode reason = rejected("bad.task.md", "---\ntype: analyze\npriorty: high\n---\nLook.\n");

        assertThat(reason.path("reason").asText()).contains("priorty");
        assertThat(reason.path("line").asInt()).isEqualTo(3);
        assertThat(reason.path("remedy").asText()).contains("priority");
        assertThat(home.rejected().resolve("bad.task.md")).exists();
        assertThat(memory.rejections()).hasSize(1);
    }

    @Test
    void a_bad_file_that_is_corrected_in_place_is_looked_at_again() throws IOException {
        rejected("bad.task.md", BAD);

        Files.writeString(home.rejected().resolve("bad.task.md"), LOOK);

        Task task = memory.awaitTasks(1).get(0);
        assertThat(home.accepted(task.id())).hasContent(LOOK);
        assertThat(home.rejected().toFile().list()).isEmpty();
    }

    @Test
    void a_rejected_file_that_nobody_touched_stays_rejected_over_a_restart() throws IOException {
        rejected("bad.task.md", BAD);

        restart();

        assertThat(memory.rejections()).isEmpty();
        assertThat(home.rejected().resolve("bad.task.md")).exists();
    }

    @Test
    void a_file_over_the_limit_stays_rejected_over_a_restart_too() throws IOException {
        rejected("big.task.md", "x".repeat(2 * 1024 * 1024));

        restart();

        assertThat(memory.rejections()).isEmpty();
    }

    @Test
    void a_second_rejected_file_of_one_name_takes_the_place_of_no_first() throws IOException {
        rejected("bad.task.md", "---\ntype: nonsense\n---\nFirst.\n");

        drop("bad.task.md", "---\ntype: nonsense\n---\nSecond.\n");

        memory.await(() -> memory.rejections().size() == 2);
        assertThat(memory.rejections().get(1).movedTo()).isEqualTo("tasks/rejected/bad-2.task.md");
        assertThat(home.rejected().resolve("bad.task.md")).content().contains("First.");
        assertThat(home.rejected().resolve("bad-2.task.md")).content().contains("Second.");
        Files.writeString(home.rejected().resolve("bad-2.task.md"), LOOK);
        assertThat(memory.awaitTasks(1).get(0).source().file()).isEqualTo("bad-2.task.md");
    }

    @Test
    void the_same_rejected_file_again_is_kept_once() throws IOException {
        rejected("bad.task.md", BAD);

        drop("bad.task.md", BAD);

        memory.await(() -> memory.rejections().size() == 2);
        assertThat(home.rejected().toFile().list()).hasSize(2);
    }

    @Test
    void a_rejected_file_that_looks_as_it_did_is_not_read_again() throws IOException {
        Path file = home.rejected().resolve("bad.task.md");
        RejectedFiles before = new RejectedFiles(home, new Redaction(Redactor.SHAPES_ONLY));
        drop("bad.task.md", "Look.");
        before.add(
                home.tasks().resolve("bad.task.md"), "0".repeat(64), new Rejection("bad", null, "Do."), Instant.EPOCH);

        // Its hash is another, which nobody can know who did not read it.
        assertThat(new RejectedFiles(home, new Redaction(Redactor.SHAPES_ONLY)).isCorrected(file))
                .isFalse();
        Files.writeString(file, "Look again.");
        assertThat(new RejectedFiles(home, new Redaction(Redactor.SHAPES_ONLY)).isCorrected(file))
                .isTrue();
    }

    @Test
    void a_file_over_the_limit_is_rejected_without_being_read() throws IOException {
        assertThat(rejected("big.task.md", "x".repeat(2 * 1024 * 1024))
                        .path("reason")
                        .asText())
                .contains("2097152")
                .contains("1048576");
    }

    @Test
    void a_directory_outside_of_the_roots_is_a_rejection() throws IOException {
        JsonNode reason = rejected("out.task.md", "---\ncwd: ../..\n---\nLook.\n");

        assertThat(reason.path("reason").asText()).contains("outside of the allowed roots");
        assertThat(reason.path("line").asInt()).isEqualTo(2);
    }
}
