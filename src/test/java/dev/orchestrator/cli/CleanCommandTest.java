package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanCommandTest {
    @TempDir
    private Path root;

    private CliHome home;

    @BeforeEach
    void open() throws IOException {
        home = new CliHome(root, 1 << 20);
        for (String id : new String[] {"old", "new"}) {
            home.accept(id);
            home.publish(id, 1);
            home.finish(id);
        }
        Files.setLastModifiedTime(
                home.home.artifact(new TaskId("old")), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @Test
    void what_is_old_goes_and_leaves_the_index_with_it() throws IOException {
        home.run("reindex");
        assertThat(home.run("clean", "artifacts", "--days", "30", "--dry-run").out())
                .contains("results/old.json", "would be removed");
        assertThat(home.home.artifact(new TaskId("old"))).exists();

        assertThat(home.run("clean", "artifacts", "--days", "30").out())
                .contains("results/old.json", "1 artifact older than 30 days is removed");

        assertThat(home.home.artifact(new TaskId("old"))).doesNotExist();
        assertThat(Files.readString(home.home.index())).contains("\"new\"").doesNotContain("\"old\"");
        assertThat(home.run("validate-artifacts").code()).isZero();
    }

    @Test
    void whoever_asks_for_a_task_that_was_removed_is_told_so() {
        home.run("clean", "artifacts", "--days", "30");

        for (String call : new String[] {
            "status old",
            "status old --json",
            "progress old",
            "show old",
            "show old --json",
            "show old --turn 1",
            "show old --diff",
            "show old --prompt",
            "show old --context"
        }) {
            CliHome.Result result = home.run(call.split(" "));
            assertThat(result.code()).as(call).isEqualTo(1);
            assertThat(result.out()).as(call).isEmpty();
            assertThat(result.err())
                    .as(call)
                    .matches(
                            "Task old ended at \\S+Z \\(succeeded\\)\\. What it left was removed at \\S+Z, by `clean` or"
                                    + " `retention.artifacts`, so it cannot be shown\\.\\R");
        }
        assertThat(home.run("status", "nobody").err()).startsWith("There is no task nobody");
    }

    /** One document, whatever comes before it or after it. */
    @Test
    void programs_get_what_is_removed_in_json() throws IOException {
        String[] command = {"clean", "artifacts", "--days", "30", "--json", "--dry-run"};
        JsonNode look = Json.full().readTree(home.run(command).out());
        assertThat(look.path("dry_run").asBoolean()).isTrue();
        assertThat(look.path("removed")).hasSize(1);
        assertThat(home.home.artifact(new TaskId("old"))).exists();

        JsonNode done = Json.full().readTree(home.run(Arrays.copyOf(command, 5)).out());
        assertThat(done.path("ok").asBoolean()).isTrue();
        assertThat(done.path("message").asText()).startsWith("1 artifact");
        assertThat(home.home.artifact(new TaskId("old"))).doesNotExist();

        JsonNode pruned = Json.full().readTree(home.run("prune", "--json").out());
        assertThat(pruned.path("command").asText()).isEqualTo("prune");
        assertThat(pruned.path("removed")).isEmpty();
    }

    @Test
    void a_task_that_is_not_over_keeps_what_it_follows() {
        home.accept("next", "old");

        assertThat(home.run("clean", "artifacts", "--days", "30").out()).contains("0 artifacts");
    }

    @Test
    void nobody_cleans_a_home_that_somebody_else_has() throws IOException {
        try (LockFile lock = LockFile.tryAcquire(home.home.daemonLock()).orElseThrow()) {
            assertThat(lock.isStillThere()).isTrue();
            assertThat(home.run("clean", "artifacts", "--days", "30").code()).isEqualTo(1);
        }
        assertThat(home.home.artifact(new TaskId("old"))).exists();
    }

    @Test
    void that_the_way_back_goes_with_the_records_of_runs_is_said_before() {
        assertThat(home.run("clean", "runs", "--days", "30", "--dry-run").out()).contains("`approve --undo`");
        assertThat(home.run("clean", "artifacts", "--days", "30", "--dry-run").out())
                .doesNotContain("undo");
        assertThat(home.run("clean", "--help").out()).contains("undone");
    }

    @Test
    void what_is_meant_has_to_be_said() {
        assertThat(home.run("clean", "artifacts").code()).isEqualTo(2);
        assertThat(home.run("clean", "--days", "3").code()).isEqualTo(2);
        assertThat(home.run("clean", "everything", "--days", "3").code()).isEqualTo(2);
        assertThat(home.run("clean", "runs", "--days", "-1").code()).isEqualTo(2);
    }
}
