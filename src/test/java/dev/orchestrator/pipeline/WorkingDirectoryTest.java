package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.guard.manifest.Scanners;
import dev.orchestrator.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        new WorkingDirectory(directory -> new ManifestScanner(List.of())).remember(directory, files);
        Files.writeString(directory.resolve("b.txt"), "x");

        WorkingDirectory.Seen seen = new WorkingDirectory(directory -> new ManifestScanner(List.of()))
                .look(directory, WorkingDirectory.Before.onDisk(files));

        assertThat(seen.changes().files()).extracting("path").containsExactly("b.txt");
        assertThat(seen.present()).containsExactly("a.txt", "b.txt");
        assertThat(seen.changes().unread()).isEmpty();
    }

    @Test
    void the_daemon_that_made_the_picture_needs_no_file_to_compare_with() throws IOException {
        WorkingDirectory watched = new WorkingDirectory(directory -> new ManifestScanner(List.of()));
        WorkingDirectory.Before before = watched.remember(directory, files);
        Files.delete(files.before());
        Files.writeString(directory.resolve("b.txt"), "x");

        assertThat(watched.look(directory, before).changes().files()).hasSize(1);
    }

    @Test
    void whoever_asks_now_and_then_hears_of_each_change_once() throws IOException {
        WorkingDirectory watched = new WorkingDirectory(directory -> new ManifestScanner(List.of()));
        WorkingDirectory.Watch watch = watched.watch(directory, watched.remember(directory, files));

        assertThat(watch.hasChanged()).isFalse();
        Files.writeString(directory.resolve("b.txt"), "x");
        assertThat(watch.hasChanged()).isTrue();
        assertThat(watch.hasChanged()).isFalse();
        Files.writeString(directory.resolve("b.txt"), "y", StandardOpenOption.APPEND);
        assertThat(watch.hasChanged()).isTrue();
        Files.delete(directory.resolve("b.txt"));
        assertThat(watch.hasChanged()).isTrue();
        assertThat(watch.hasChanged()).isFalse();
    }

    @Test
    void a_later_daemon_is_told_first_what_changed_since_the_attempt_began() throws IOException {
        WorkingDirectory watched = new WorkingDirectory(directory -> new ManifestScanner(List.of()));
        watched.remember(directory, files);
        WorkingDirectory.Before found = WorkingDirectory.Before.onDisk(files);

        assertThat(watched.watch(directory, found).hasChanged()).isFalse();
        Files.writeString(directory.resolve("b.txt"), "x");
        assertThat(watched.watch(directory, found).hasChanged()).isTrue();
    }

    @Test
    void a_directory_whose_picture_is_lost_gets_the_benefit_of_the_doubt_once() {
        WorkingDirectory watched = new WorkingDirectory(directory -> new ManifestScanner(List.of()));
        WorkingDirectory.Watch watch = watched.watch(directory, WorkingDirectory.Before.onDisk(files));

        assertThat(watch.hasChanged()).isTrue();
        assertThat(watch.hasChanged()).isFalse();
    }

    @Test
    void each_attempt_has_a_picture_of_its_own() throws IOException {
        WorkingDirectory watched = new WorkingDirectory(directory -> new ManifestScanner(List.of()));
        WorkingDirectory.Before first = watched.remember(directory, files);
        Files.writeString(directory.resolve("b.txt"), "x");
        WorkingDirectory.Before second = watched.remember(directory, new RunFiles(files.directory(), 1, 2));

        assertThat(watched.look(directory, second).changes().files()).isEmpty();
        assertThat(watched.look(directory, first).changes().files()).hasSize(1);
    }

    @Test
    void when_the_state_before_is_lost_no_change_is_known_anywhere() throws IOException {
        WorkingDirectory.Seen seen = new WorkingDirectory(directory -> new ManifestScanner(List.of()))
                .look(directory, WorkingDirectory.Before.onDisk(files));

        assertThat(seen.changes().files()).isEmpty();
        assertThat(seen.changes()).isEqualTo(Changes.UNKNOWN);
        assertThat(seen.present()).containsExactly("a.txt");
    }

    @Test
    void a_place_that_cannot_be_read_is_handed_on() throws IOException {
        Files.createDirectory(directory.resolve("closed"));
        WorkingDirectory watched = new WorkingDirectory(directory -> Scanners.refused("closed"));
        watched.remember(directory, files);
        Files.writeString(directory.resolve("closed/new.txt"), "x");

        WorkingDirectory.Seen seen = watched.look(directory, WorkingDirectory.Before.onDisk(files));

        assertThat(seen.changes().files()).isEmpty();
        assertThat(seen.changes().unread()).containsExactly("closed");
    }
}
