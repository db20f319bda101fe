package dev.orchestrator.artifact;

import static dev.orchestrator.testkit.Artifacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
    private static final TaskId ID = new TaskId("a");

    @TempDir
    Path directory;

    private Home home;
    private ArtifactStore store;

    @BeforeEach
    void prepare() throws IOException {
        home = new Home(directory);
        home.prepare();
        store = new ArtifactStore(home);
    }

    @Test
    void what_is_published_is_found() throws IOException {
        Artifact artifact = succeeded("a", 1, "done ✓");
        assertThat(store.publish(artifact)).isEqualTo(artifact);
        assertThat(store.find(ID)).contains(artifact);
        assertThat(store.find(new TaskId("b"))).isEmpty();
    }

    @Test
    void what_an_earlier_version_published_is_found() throws IOException {
        store.publish(succeeded("a", 1, "done"));
        String written = Files.readString(home.artifact(ID));
        assertThat(written).contains("\"project_config\": \"off\"");
        Files.writeString(home.artifact(ID), written.replace("\"project_config\": \"off\",", ""));

        Artifact found = store.find(ID).orElseThrow();

        assertThat(found.security().projectConfig()).isNull();
        assertThat(found.security().sandbox()).isEqualTo("none");
    }

    @Test
    void what_another_task_left_under_this_name_is_nothing_about_this_one() throws IOException {
        store.publish(succeeded("a", 1, "done"));
        Files.copy(home.artifact(ID), home.artifact(new TaskId("b")));

        assertThatThrownBy(() -> store.find(new TaskId("b"))).hasMessageContaining("results/b.json is of task a");
        store.publish(succeeded("b", 1, "mine"));
        assertThat(store.find(new TaskId("b")).orElseThrow().result()).isEqualTo("mine");
    }

    @Test
    void a_turn_is_published_once() throws IOException {
        Artifact first = store.publish(succeeded("a", 1, "first"));
        byte[] bytes = Files.readAllBytes(home.artifact(ID));
        assertThat(store.publish(succeeded("a", 1, "second"))).isEqualTo(first);
        assertThat(home.artifact(ID)).hasBinaryContent(bytes);
    }

    @Test
    void an_older_turn_keeps_its_artifact_under_its_own_name() throws IOException {
        store.publish(succeeded("a", 1, "first"));
        byte[] first = Files.readAllBytes(home.artifact(ID));
        store.publish(succeeded("a", 2, "second"));
        assertThat(store.find(ID).orElseThrow().result()).isEqualTo("second");
        assertThat(home.olderArtifact(ID, 1)).hasBinaryContent(first);
        assertThat(store.publish(succeeded("a", 1, "late")).turn()).isEqualTo(2);
    }

    @Test
    void a_crash_between_keeping_the_old_and_writing_the_new_ends_the_same() throws IOException {
        store.publish(succeeded("a", 1, "first"));
        Files.move(home.artifact(ID), home.olderArtifact(ID, 1));
        store.publish(succeeded("a", 2, "second"));
        assertThat(store.find(ID).orElseThrow().turn()).isEqualTo(2);
        assertThat(home.olderArtifact(ID, 1)).exists();
    }

    @Test
    void a_turn_that_cannot_be_written_leaves_the_one_before_where_it_was() throws IOException {
        Artifact first = store.publish(succeeded("a", 1, "first"));
        FaultyDisk disk = new FaultyDisk();
        ArtifactStore full = new ArtifactStore(new Home(disk.on(directory)));
        disk.set(FaultyDisk.Fault.WRITE);
        assertThatThrownBy(() -> full.publish(succeeded("a", 2, "second"))).hasMessageContaining("no space left");
        assertThat(store.find(ID)).contains(first);
    }

    /** Both are there then, with the same content. */
    @Test
    void a_crash_between_copying_the_old_and_writing_the_new_ends_the_same() throws IOException {
        store.publish(succeeded("a", 1, "first"));
        Files.copy(home.artifact(ID), home.olderArtifact(ID, 1));
        byte[] first = Files.readAllBytes(home.artifact(ID));
        store.publish(succeeded("a", 2, "second"));
        assertThat(store.find(ID).orElseThrow().turn()).isEqualTo(2);
        assertThat(home.olderArtifact(ID, 1)).hasBinaryContent(first);
    }

    @Test
    void only_the_artifact_of_the_same_turn_counts_as_published() throws IOException {
        assertThat(store.published(ID, 1, ManualTime.START)).isEmpty();
        Artifact first = store.publish(succeeded("a", 1, "first"));
        assertThat(store.published(ID, 1, ManualTime.START)).contains(first);
        assertThat(store.published(ID, 2, ManualTime.START)).isEmpty();
    }

    @Test
    void a_damaged_artifact_is_named_and_left_alone_by_who_only_looks() throws IOException {
        Files.writeString(home.artifact(ID), "{\"task_id\":");
        assertThatThrownBy(() -> store.find(ID)).hasMessageContaining("results/a.json is damaged");
        assertThat(home.artifact(ID)).hasContent("{\"task_id\":");
    }

    @Test
    void a_damaged_artifact_is_set_aside_and_made_anew() throws IOException {
        Files.writeString(home.artifact(ID), "{\"task_id\":");
        assertThat(store.publish(succeeded("a", 1, "new")).result()).isEqualTo("new");
        assertThat(store.find(ID).orElseThrow().result()).isEqualTo("new");
        assertThat(setAside()).hasContent("{\"task_id\":");
    }

    /** Or the pipeline could not even ask what there is to do. */
    @Test
    void a_damaged_artifact_does_not_count_as_published() throws IOException {
        Files.writeString(home.artifact(ID), "");
        assertThat(store.published(ID, 1, ManualTime.START)).isEmpty();
        assertThat(home.artifact(ID)).doesNotExist();
        assertThat(setAside()).isEmptyFile();
    }

    private Path setAside() throws IOException {
        try (Stream<Path> files = Files.list(home.results())) {
            return files.filter(file -> file.getFileName().toString().startsWith("a.json.corrupt-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
