package dev.orchestrator.artifact;

import static dev.orchestrator.artifact.Artifacts.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(store.exists(ID)).isTrue();
        assertThat(store.find(new TaskId("b"))).isEmpty();
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
    void a_damaged_artifact_is_named_and_not_overwritten() throws IOException {
        Files.writeString(home.artifact(ID), "{\"task_id\":");
        assertThatThrownBy(() -> store.find(ID)).hasMessageContaining("results/a.json is damaged");
        assertThatThrownBy(() -> store.publish(succeeded("a", 1, "new"))).isInstanceOf(IOException.class);
        assertThat(home.artifact(ID)).hasContent("{\"task_id\":");
    }
}
