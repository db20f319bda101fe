package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.config.Home;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandInTest {
    private static final TaskId ID = new TaskId("nightly-20261122-1430");

    private Home home;
    private HandIn handIn;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        home = new Home(temp);
        home.prepare();
        TaskRecords records =
                new TaskRecords(new StateIndex(Snapshot.EMPTY), new ArtifactStore(home), new Tombstones(home), home);
        handIn = new HandIn(home, records, List::of);
    }

    @Test
    void what_is_handed_in_lies_where_a_user_would_have_dropped_it() throws IOException {
        assertThat(handIn.isKnown(ID)).isFalse();

        handIn.drop(ID, "Look for dead code.\n");

        assertThat(home.tasks().resolve(ID + ".task.md"))
                .hasContent("Look for dead code.")
                .isRegularFile();
        assertThat(handIn.underWay("nightly")).contains(ID);
        assertThat(handIn.underWay("night")).isEmpty();
        assertThat(handIn.isKnown(ID)).isTrue();
    }

    @Test
    void what_is_handed_in_twice_lies_there_once() throws IOException {
        handIn.drop(ID, "Look for dead code.\n");
        handIn.drop(ID, "Look for dead code.\n");

        assertThat(home.tasks()).isDirectoryNotContaining("glob:**-2.task.md");
    }

    /** It is moved before the journal has it. */
    @Test
    void what_is_just_being_taken_in_is_under_way() throws IOException {
        Files.writeString(home.accepted(ID), "x", StandardCharsets.UTF_8);
        assertThat(handIn.underWay("nightly")).contains(ID);
    }

    @Test
    void what_was_refused_or_is_over_is_known_and_not_under_way() throws IOException {
        Files.writeString(home.rejected().resolve(ID + ".task.md"), "x", StandardCharsets.UTF_8);
        assertThat(handIn.underWay("nightly")).isEmpty();
        assertThat(handIn.isKnown(ID)).isTrue();
    }

    @Test
    void of_what_cannot_be_read_nobody_can_tell() throws IOException {
        Files.writeString(home.artifact(ID), "no json", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> handIn.isKnown(ID)).isInstanceOf(IOException.class);
    }
}
