package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.paths;
import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ManifestScannerTest extends ManifestCase {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final TimeSource TIME = TimeSource.system();

    @Test
    void excluded_directories_and_files_are_left_out() {
        work.write("tasks/a.task.md", "t").write(".env", "SECRET=1").write("src/a", "a");
        ManifestScanner scanner = new ManifestScanner(List.of(work.path("tasks"), work.path(".env")));

        assertThat(paths(scanner.scan(directory))).containsExactly("src/a");
    }

    @Test
    void an_excluded_directory_is_not_even_listed() {
        work.write("tasks/a/b/c", "t").write("src/a", "a");
        WorkingDirectory.CountingReader reader = new WorkingDirectory.CountingReader();

        new ManifestScanner(List.of(work.path("tasks")), reader, NO_LIMIT, TIME).scan(directory);

        assertThat(reader.directories).hasValue(2);
    }

    @Test
    void what_is_excluded_stays_so_when_it_is_reached_through_symlinks(@TempDir Path elsewhere) throws IOException {
        work.write("home/tasks/a", "t").write("real/b", "b");
        Path alias = Links.symbolic(elsewhere.resolve("alias"), directory);
        Links.symbolic(work.path("home/results"), work.path("real"));
        ManifestScanner scanner =
                new ManifestScanner(List.of(alias.resolve("home/tasks"), alias.resolve("home/results")));

        assertThat(paths(scanner.scan(directory))).isEmpty();
        assertThat(paths(scanner.scan(alias))).isEmpty();
    }

    @Test
    void a_directory_within_an_excluded_one_is_one_gap() {
        work.write("logs/runs/a", "a");

        Manifest manifest = new ManifestScanner(List.of(work.path("logs"))).scan(work.path("logs/runs"));

        assertThat(paths(manifest)).isEmpty();
        assertThat(manifest.gaps()).containsExactly(".");
    }

    @Test
    void a_directory_that_vanishes_during_the_walk_was_never_there() {
        work.write("a/b", "b").write("c", "c");
        DirectoryReader real = DirectoryReader.ofThisPlatform();
        DirectoryReader losing = path -> {
            if (path.endsWith("a")) {
                throw new NoSuchFileException(path.toString());
            }
            return real.list(path);
        };

        Manifest manifest = Scanners.reading(losing).scan(directory);

        assertThat(paths(manifest)).containsExactly("c");
        assertThat(manifest.gaps()).isEmpty();
    }

    @Test
    void a_missing_directory_is_empty_without_a_gap() {
        Manifest manifest = work.scan("missing");

        assertThat(manifest.size()).isZero();
        assertThat(manifest.gaps()).isEmpty();
    }

    @Test
    void a_working_directory_deleted_during_the_run_loses_all_its_files() throws IOException {
        work.write("work/a", "a");
        Manifest before = work.scan("work");
        Files.delete(work.path("work/a"));
        Files.delete(work.path("work"));

        assertThat(told(work.changesSince(before))).containsExactly("deleted a");
    }

    @Test
    void a_symlink_put_in_place_of_the_working_directory_is_not_followed(@TempDir Path elsewhere) throws IOException {
        work.write("work/a", "a");
        Files.writeString(elsewhere.resolve("b"), "b");
        Manifest before = work.scan("work");
        Files.delete(work.path("work/a"));
        Files.delete(work.path("work"));
        Links.symbolic(work.path("work"), elsewhere);

        assertThat(told(work.changesSince(before))).containsExactly("deleted a");
    }

    @Test
    void a_very_deep_tree_is_walked_to_its_end() throws IOException {
        String deep = "d/".repeat(1_000);
        work.write(deep + "file", "x");

        assertThat(paths(work.scan())).containsExactly(deep + "file");

        // JUnit needs half a minute for such a tree.
        Files.delete(work.path(deep + "file"));
        for (Path path = work.path(deep); !path.equals(directory); path = path.getParent()) {
            Files.delete(path);
        }
    }

    @Test
    void git_directories_are_left_out_at_any_depth_and_a_git_file_is_a_file() {
        work.repository("").repository("lib").write("worktree/.git", "gitdir: ../.git/worktrees/x\n");
        work.write("lib/a", "a").write("x/.git/b", "b");

        assertThat(paths(work.scan())).containsExactly("lib/a", "worktree/.git");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: there are no pipes among the files")
    void a_pipe_is_noticed_and_not_opened() throws Exception {
        Manifest before = work.scan();
        Process mkfifo = new ProcessBuilder("mkfifo", work.path("pipe").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();

        assertThat(work.changesSince(before).changes())
                .containsExactly(new FileChange("pipe", FileChange.Change.ADDED, 0, null));
    }

    @Test
    void a_reader_of_basic_attributes_sees_the_same_files() {
        work.write("a.txt", "a").write("src/b.txt", "bb").write("c/d/e", "eee");

        Manifest basic = Scanners.reading(new BasicDirectoryReader()).scan(directory);

        assertThat(paths(basic)).isEqualTo(paths(work.scan()));
        assertThat(basic.entries())
                .extracting(entry -> entry.stat().size())
                .isEqualTo(work.scan().entries().stream()
                        .map(entry -> entry.stat().size())
                        .toList());
        work.write("a.txt", "changed");
        Manifest later = Scanners.reading(new BasicDirectoryReader()).rescan(basic);
        assertThat(told(basic.changesTo(later))).containsExactly("modified a.txt");
    }

    @Test
    void windows_paths_have_forward_slashes_and_exclusion_knows_no_case() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path top = windows.getPath("C:\\work");
            Files.createDirectories(top.resolve("src\\main"));
            Files.createDirectories(top.resolve("Tasks"));
            Files.writeString(top.resolve("src\\main\\A.txt"), "a");
            Files.writeString(top.resolve("Tasks\\t.md"), "t");
            ManifestScanner scanner = new ManifestScanner(List.of(windows.getPath("c:\\WORK\\tasks")));

            Manifest before = scanner.scan(top);
            Files.writeString(top.resolve("src\\main\\A.txt"), "abc");
            ChangeList changes = before.changesTo(scanner.rescan(before));

            assertThat(paths(before)).containsExactly("src/main/A.txt");
            assertThat(changes.changes())
                    .containsExactly(new FileChange(
                            "src/main/A.txt",
                            FileChange.Change.MODIFIED,
                            3,
                            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        }
    }
}
