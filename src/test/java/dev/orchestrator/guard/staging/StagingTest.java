package dev.orchestrator.guard.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.manifest.ManifestScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A copy is the directory as it stands, and the directory does not notice. */
@DisabledOnOs(OS.WINDOWS)
class StagingTest {
    private static final org.assertj.core.api.InstanceOfAssertFactory<
                    Staging.Result.Refused, org.assertj.core.api.ObjectAssert<Staging.Result.Refused>>
            REFUSED = org.assertj.core.api.InstanceOfAssertFactories.type(Staging.Result.Refused.class);

    @TempDir
    Path temp;

    private Path root;
    private Path checkout;

    @BeforeEach
    void begin() throws IOException {
        GitTool.need();
        root = temp.toRealPath();
        checkout = Files.createDirectory(root.resolve("checkout"));
    }

    private void dirtyRepository() throws Exception {
        GitTool git = new GitTool(checkout);
        git.run("init", "-q", "-b", "main");
        write("src/login.py", "old\n");
        write("src/same.py", "same\n");
        write("gone.txt", "gone\n");
        write("services/auth/a.py", "a\n");
        write(".gitignore", "*.log\n");
        git.run("add", ".");
        git.run("commit", "-q", "-m", "first");
        write("src/login.py", "not committed\n");
        write("staged.txt", "staged\n");
        git.run("add", "staged.txt");
        write("new file.txt", "untracked\n");
        write("debug.log", "ignored\n");
        Files.delete(checkout.resolve("gone.txt"));
        Files.setPosixFilePermissions(checkout.resolve("src/same.py"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(checkout.resolve("link"), Path.of("src/login.py"));
    }

    private void write(String path, String content) throws IOException {
        Path file = checkout.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void of_a_work_tree_it_is_what_git_sees_with_all_that_is_not_committed() throws Exception {
        dirtyRepository();
        SortedMap<String, String> wanted = Tree.of(checkout);
        wanted.remove("debug.log");
        Path copy = new StagedDirectory(root, checkout).copy;
        assertThat(Tree.of(copy)).isEqualTo(wanted);
        String status = new GitTool(checkout).run("status", "--porcelain=v2", "--branch");
        assertThat(new GitTool(copy).run("status", "--porcelain=v2", "--branch"))
                .isEqualTo(status);
        assertThat(new GitTool(copy).run("log", "--oneline")).contains("first");
        assertThat(new GitTool(copy).run("diff", "HEAD", "--stat")).contains("login.py");
    }

    @Test
    void the_original_is_only_read() throws Exception {
        dirtyRepository();
        SortedMap<String, String> before = Tree.toTheLastByte(checkout);
        StagedDirectory staged = new StagedDirectory(root, checkout);
        staged.staging().remove(StagedDirectory.ID);
        assertThat(Tree.toTheLastByte(checkout)).isEqualTo(before);
        assertThat(root.resolve(".staging/fix-login")).doesNotExist();
    }

    @Test
    void what_git_does_in_the_copy_does_not_reach_the_original() throws Exception {
        dirtyRepository();
        SortedMap<String, String> before = withoutTimesOfObjects(Tree.toTheLastByte(checkout));
        GitTool git = new GitTool(new StagedDirectory(root, checkout).copy);
        git.run("add", "-A");
        git.run("commit", "-q", "-m", "second");
        git.run("branch", "-f", "other");
        git.run("tag", "v1");
        Files.writeString(root.resolve(".staging/fix-login/work/src/login.py"), "again\n");
        git.run("stash");
        git.run("config", "core.hooksPath", "/nowhere");
        git.run("gc", "-q", "--prune=now");
        assertThat(git.run("remote")).isEmpty();
        assertThat(withoutTimesOfObjects(Tree.toTheLastByte(checkout))).isEqualTo(before);
        assertThat(new GitTool(checkout).run("fsck")).doesNotContain("missing");
    }

    /** Git marks an object as fresh that it would have written, wherever it lies. */
    private static SortedMap<String, String> withoutTimesOfObjects(SortedMap<String, String> files) {
        files.replaceAll(
                (path, shown) -> path.startsWith(".git/objects/") ? shown.substring(0, shown.lastIndexOf(' ')) : shown);
        return files;
    }

    @Test
    void settings_that_name_programs_or_addresses_are_not_taken_along() throws Exception {
        dirtyRepository();
        GitTool git = new GitTool(checkout);
        git.run("config", "core.fsmonitor", "/tmp/evil");
        git.run("config", "core.sshCommand", "/tmp/evil");
        git.run("config", "filter.x.smudge", "/tmp/evil");
        git.run("remote", "add", "origin", "https://user:secret@example.org/x.git");
        git.run("config", "core.autocrlf", "input");
        Path hook = Files.writeString(checkout.resolve(".git/hooks/pre-commit"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copy = new StagedDirectory(root, checkout).copy;
        assertThat(Files.readString(copy.resolve(".git/config")))
                .doesNotContain("evil", "secret", "example.org")
                .contains("autocrlf = input");
        assertThat(copy.resolve(".git/hooks")).doesNotExist();
    }

    @Test
    void a_task_in_a_part_of_a_work_tree_gets_the_rest_to_read() throws Exception {
        dirtyRepository();
        StagedDirectory staged = new StagedDirectory(root, checkout.resolve("services/auth"));
        assertThat(staged.copy).endsWith(Path.of("work/services/auth"));
        assertThat(staged.copy.resolve("../../src/login.py")).hasContent("not committed");
        Files.writeString(staged.copy.resolve("a.py"), "changed\n");
        Files.writeString(staged.copy.resolve("../../src/login.py"), "not the task's\n");
        assertThat(staged.collect().paths()).containsExactly("a.py");
        assertThat(staged.files.patch())
                .content()
                .contains("--- a/services/auth/a.py")
                .doesNotContain("login");
    }

    @Test
    void a_work_tree_that_reaches_beyond_the_roots_is_copied_no_further_than_the_directory() throws Exception {
        dirtyRepository();
        Path directory = checkout.resolve("services/auth");
        Staging staging = new Staging(root.resolve(".staging"), new ManifestScanner(List.of()), () -> 1 << 20);
        TurnFiles files = new TurnFiles(root.resolve("runs"), 1);
        Staging.Result result = staging.stage(StagedDirectory.ID, directory, List.of(directory), files, () -> false);
        assertThat(result)
                .isEqualTo(new Staging.Result.Staged(
                        root.resolve(".staging/fix-login/work"), root.resolve(".staging/fix-login/work")));
        assertThat(Tree.of(root.resolve(".staging/fix-login/work"))).containsOnlyKeys("a.py");
    }

    @Test
    void a_linked_work_tree_is_copied_with_its_own_branch_and_index() throws Exception {
        dirtyRepository();
        Path linked = root.resolve("linked");
        new GitTool(checkout).run("worktree", "add", "-q", linked.toString(), "-b", "side");
        Files.writeString(linked.resolve("gone.txt"), "other\n");
        Path copy = new StagedDirectory(root, linked).copy;
        assertThat(new GitTool(copy).run("status", "-sb")).isEqualTo("## side\n M gone.txt\n");
    }

    @Test
    void a_directory_without_git_is_copied_as_it_is() throws Exception {
        write("a/b.txt", "b\n");
        write("c.log", "c\n");
        Path copy = new StagedDirectory(root, checkout).copy;
        assertThat(Tree.of(copy)).isEqualTo(Tree.of(checkout));
        assertThat(copy.resolve(".git")).doesNotExist();
    }

    @Test
    void a_repository_without_a_commit_is_copied_too() throws Exception {
        new GitTool(checkout).run("init", "-q", "-b", "main");
        write("first.txt", "first\n");
        Path copy = new StagedDirectory(root, checkout).copy;
        assertThat(new GitTool(copy).run("status", "--porcelain")).isEqualTo("?? first.txt\n");
    }

    @Test
    void more_than_the_limit_is_refused_and_the_remedy_said() throws Exception {
        write("large.bin", "x".repeat(3 << 20));
        Staging staging = new Staging(root.resolve(".staging"), new ManifestScanner(List.of()), () -> 2 << 20);
        TurnFiles files = new TurnFiles(root.resolve("runs"), 1);
        assertThat(staging.stage(StagedDirectory.ID, checkout, List.of(root), files, () -> false))
                .asInstanceOf(REFUSED)
                .satisfies(refused -> {
                    assertThat(refused.problem()).contains("more than 2 MiB");
                    assertThat(refused.remedy()).contains("guard.staged_size");
                });
    }

    @Test
    void whoever_gives_up_does_not_wait_for_the_copy() throws Exception {
        write("a.txt", "a\n");
        Staging staging = new Staging(root.resolve(".staging"), new ManifestScanner(List.of()), () -> 1 << 20);
        TurnFiles files = new TurnFiles(root.resolve("runs"), 1);
        assertThat(staging.stage(StagedDirectory.ID, checkout, List.of(root), files, () -> true))
                .isEqualTo(new Staging.Result.GivenUp());
    }

    @Test
    void a_copy_goes_whatever_was_done_to_it() throws Exception {
        write("a/b.txt", "b\n");
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Path locked = staged.copy.resolve("a");
        Files.createSymbolicLink(staged.copy.resolve("out"), checkout);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        staged.staging().remove(StagedDirectory.ID);
        assertThat(Files.exists(root.resolve(".staging/fix-login"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(checkout.resolve("a/b.txt")).exists();
    }

    @Test
    void what_earlier_daemons_left_goes_but_for_tasks_that_go_on() throws Exception {
        write("a.txt", "a\n");
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.createDirectories(root.resolve(".staging/other/work"));
        Files.createDirectories(root.resolve(".staging/Not an id"));
        staged.staging().removeAllBut(StagedDirectory.ID::equals);
        assertThat(root.resolve(".staging/other")).doesNotExist();
        assertThat(root.resolve(".staging/fix-login")).exists();
        assertThat(root.resolve(".staging/Not an id")).exists();
    }

    @Test
    void the_copies_are_no_part_of_a_work_tree_around_them() throws Exception {
        new GitTool(root).run("init", "-q");
        write("a.txt", "a\n");
        new StagedDirectory(root, checkout);
        assertThat(new GitTool(root).run("status", "--porcelain")).doesNotContain(".staging");
    }

    @Test
    void a_link_in_the_place_of_the_copies_is_not_followed() throws Exception {
        write("a.txt", "a\n");
        Path photos = Files.createDirectories(root.resolve("big/photos/work"));
        Files.createSymbolicLink(root.resolve(".staging"), root.resolve("big"));
        Staging staging = new Staging(root.resolve(".staging"), new ManifestScanner(List.of()), () -> 1 << 20);
        staging.removeAllBut(id -> false);
        TurnFiles files = new TurnFiles(root.resolve("runs"), 1);
        assertThat(staging.stage(StagedDirectory.ID, checkout, List.of(root), files, () -> false))
                .isInstanceOf(Staging.Result.Refused.class);
        assertThat(photos).exists();
    }

    @Test
    void a_directory_that_the_repository_around_it_ignores_is_copied_by_itself() throws Exception {
        write("a.txt", "a\n");
        new GitTool(root).run("init", "-q");
        Files.writeString(root.resolve(".gitignore"), "checkout/\n");
        assertThat(Tree.of(new StagedDirectory(root, checkout).copy)).containsOnlyKeys("a.txt");
    }

    @Test
    void what_is_too_large_is_not_copied_first() throws Exception {
        try (java.io.RandomAccessFile sparse =
                new java.io.RandomAccessFile(checkout.resolve("a").toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        Staging staging = new Staging(root.resolve(".staging"), new ManifestScanner(List.of()), () -> 1 << 20);
        TurnFiles files = new TurnFiles(root.resolve("runs"), 1);
        assertThat(staging.stage(StagedDirectory.ID, checkout, List.of(root), files, () -> false))
                .isInstanceOf(Staging.Result.Refused.class);
        assertThat(root.resolve(".staging/fix-login/work/a")).doesNotExist();
    }
}
