package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.guard.manifest.Scanners;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.validation.Unread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingDirectoryTest {
    @TempDir
    Path temp;

    private Path directory = Path.of("");
    private RunFiles files = new RunFiles(directory, 1, 1);

    @BeforeEach
    void lay_out() throws IOException {
        directory = Files.createDirectory(temp.toRealPath().resolve("project"));
        files = new RunFiles(temp.resolve("runs"), 1, 1);
        Files.writeString(directory.resolve("a.txt"), "x");
    }

    @Test
    void what_changed_since_is_seen_also_by_a_later_daemon() throws IOException {
        new WorkingDirectory(new ManifestScanner(List.of())).remember(directory, files);
        Files.writeString(directory.resolve("b.txt"), "x");

        WorkingDirectory.Seen seen = new WorkingDirectory(new ManifestScanner(List.of()))
                .look(directory, WorkingDirectory.Before.onDisk(files));

        assertThat(seen.changes()).extracting("path").containsExactly("b.txt");
        assertThat(seen.present()).containsExactly("a.txt", "b.txt");
        assertThat(seen.unread().isEmpty()).isTrue();
    }

    @Test
    void the_daemon_that_made_the_picture_needs_no_file_to_compare_with() throws IOException {
        WorkingDirectory watched = new WorkingDirectory(new ManifestScanner(List.of()));
        WorkingDirectory.Before before = watched.remember(directory, files);
        Files.delete(files.before());
        Files.writeString(directory.resolve("b.txt"), "x");

        assertThat(watched.look(directory, before).changes()).hasSize(1);
    }

    @Test
    void a_second_attempt_does_not_take_the_first_ones_changes_for_the_state_before() throws IOException {
        WorkingDirectory watched = new WorkingDirectory(new ManifestScanner(List.of()));
        watched.remember(directory, files);
        Files.writeString(directory.resolve("b.txt"), "x");
        WorkingDirectory.Before before = watched.remember(directory, new RunFiles(files.directory(), 1, 2));

        assertThat(watched.look(directory, before).changes()).hasSize(1);
    }

    @Test
    void a_second_attempt_makes_no_new_picture_when_the_first_one_is_lost() throws IOException {
        WorkingDirectory watched = new WorkingDirectory(new ManifestScanner(List.of()));
        watched.remember(directory, files);
        Files.delete(files.before());
        Files.writeString(directory.resolve("b.txt"), "x");
        WorkingDirectory.Before before = watched.remember(directory, new RunFiles(files.directory(), 1, 2));

        assertThat(watched.look(directory, before).unread()).isEqualTo(Unread.EVERYTHING);
    }

    @Test
    void when_the_state_before_is_lost_no_change_is_known_anywhere() throws IOException {
        WorkingDirectory.Seen seen = new WorkingDirectory(new ManifestScanner(List.of()))
                .look(directory, WorkingDirectory.Before.onDisk(files));

        assertThat(seen.changes()).isEmpty();
        assertThat(seen.unread()).isEqualTo(Unread.EVERYTHING);
        assertThat(seen.present()).containsExactly("a.txt");
    }

    @Test
    void a_place_that_cannot_be_read_is_handed_on() throws IOException {
        Files.createDirectory(directory.resolve("closed"));
        WorkingDirectory watched = new WorkingDirectory(Scanners.refused("closed"));
        watched.remember(directory, files);
        Files.writeString(directory.resolve("closed/new.txt"), "x");

        WorkingDirectory.Seen seen = watched.look(directory, WorkingDirectory.Before.onDisk(files));

        assertThat(seen.changes()).isEmpty();
        assertThat(seen.unread().places()).containsExactly("closed");
    }
}
