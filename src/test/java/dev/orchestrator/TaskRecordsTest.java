package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.housekeeping.Cleaning.Kind;
import dev.orchestrator.intake.KnownTasks.Known;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Artifacts;
import dev.orchestrator.testkit.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRecordsTest {
    private Home home;
    private TaskRecords records;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        home.prepare();
        StateIndex state = new StateIndex(new StateFile(home.state(), home.journal()).load());
        records = new TaskRecords(state, new ArtifactStore(home), new Tombstones(home), home);
    }

    /** Somebody deleted it, or it is not in the backup. */
    @Test
    void a_task_whose_artifact_is_lost_is_known_by_its_file() throws IOException {
        TaskId id = new TaskId("a");
        Files.writeString(home.processed(id, TaskStatus.FAILED), "Do it.\n");

        assertThat(records.find(id)).contains(new Known(Sha256.of("Do it.\n"), TaskStatus.FAILED));
    }

    /** Or its file, dropped once more, would be done twice, and who waits for it would wait for ever. */
    @Test
    void a_task_whose_artifact_was_removed_is_known_as_before() throws IOException {
        new ArtifactStore(home)
                .publish(Artifacts.succeeded(
                        TaskBuilder.task("a").from("a.task.md", "7".repeat(64)).build(), 1, "x"));
        Known before = records.find(new TaskId("a")).orElseThrow();

        new Cleaning(home, List.of())
                .clean(
                        Kind.ARTIFACTS,
                        Cleaning.entries(home, Kind.ARTIFACTS),
                        Instant.MAX.minusSeconds(1),
                        Instant.now(),
                        tasks -> {});

        assertThat(home.artifact(new TaskId("a"))).doesNotExist();
        assertThat(records.find(new TaskId("a"))).contains(before);
        assertThat(records.statusOf(new TaskId("a"))).contains(TaskStatus.SUCCEEDED);
        assertThat(records.statusOf(new TaskId("b"))).isEmpty();
    }
}
