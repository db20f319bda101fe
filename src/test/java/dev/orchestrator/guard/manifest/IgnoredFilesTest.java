package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.paths;
import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Links;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IgnoredFilesTest extends ManifestCase {
    @Test
    void an_ignored_directory_with_ten_thousand_files_is_not_listed() {
        work.repository("").write(".gitignore", "node_modules/\n").write("a", "a");
        for (int i = 0; i < 10_000; i++) {
            work.write("node_modules/p" + i % 10 + "/f" + i, "");
        }
        WorkingDirectory.CountingReader reader = new WorkingDirectory.CountingReader();

        Manifest manifest = Scanners.reading(reader).scan(directory);

        assertThat(paths(manifest)).containsExactly(".gitignore", "a");
        assertThat(reader.directories).hasValue(1);
    }

    @Test
    void an_inner_gitignore_overrules_the_outer_one() {
        work.repository("").write(".gitignore", "*.log\n/build\n");
        work.write("a.log", "").write("build", "").write("src/build", "").write("src/x.log", "");
        work.write("src/.gitignore", "!keep.log\n*.tmp\n");
        work.write("src/keep.log", "")
                .write("src/deep/keep.log", "")
                .write("src/a.tmp", "")
                .write("a.tmp", "");

        assertThat(paths(work.scan()))
                .containsExactly(
                        ".gitignore", "a.tmp", "src/.gitignore", "src/build", "src/deep/keep.log", "src/keep.log");
    }

    @Test
    void nothing_can_be_taken_out_again_of_an_ignored_directory() {
        work.repository("").write(".gitignore", "out/\n!out/keep\n");
        work.write("out/keep", "").write("out/.gitignore", "!*\n");

        assertThat(paths(work.scan())).containsExactly(".gitignore");
    }

    @Test
    void a_pattern_with_a_slash_at_its_end_matches_directories_only() {
        work.repository("").write(".gitignore", "out/\n");
        work.write("out/a", "").write("src/out", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", "src/out");
    }

    @Test
    void the_exclude_file_of_the_clone_counts_and_gitignore_overrules_it() {
        work.repository("").write(".git/info/exclude", "*.local\n").write(".gitignore", "!keep.local\n");
        work.write("a.local", "").write("sub/b.local", "").write("keep.local", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", "keep.local");
    }

    @Test
    void outside_of_a_repository_nothing_is_ignored() {
        work.write(".gitignore", "*\n").write("a", "").write("node_modules/b", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", "a", "node_modules/b");
    }

    @Test
    void an_empty_directory_named_git_makes_no_repository() throws IOException {
        work.write(".gitignore", "a\n").write("a", "");
        Files.createDirectories(work.path(".git"));

        assertThat(paths(work.scan())).containsExactly(".gitignore", "a");
    }

    @Test
    void in_a_part_of_a_repository_the_rules_above_count() {
        work.repository("").write(".git/info/exclude", "/services/auth/x\n").write(".gitignore", "*.class\n/a\n");
        work.write("services/.gitignore", "auth/gen\n/b\n");
        work.write("services/auth/A.class", "").write("services/auth/gen/c", "").write("services/auth/x", "");
        work.write("services/auth/a", "").write("services/auth/b", "").write("services/auth/.gitignore", "d\n");
        work.write("services/auth/d", "").write("services/auth/sub/d", "").write("services/auth/sub/e", "");

        assertThat(paths(work.scan("services/auth"))).containsExactly(".gitignore", "a", "b", "sub/e");
    }

    @Test
    void a_working_directory_that_its_repository_ignores_is_seen_in_full() {
        work.repository("").write(".gitignore", "*\n").write("project/a", "").write("project/sub/b", "");

        assertThat(paths(work.scan("project"))).containsExactly("a", "sub/b");
    }

    @Test
    void a_repository_within_the_directory_has_its_own_rules() {
        work.write(".gitignore", "b\n").write("b", "");
        work.repository("lib").write("lib/.gitignore", "/gen\n").write("lib/.git/info/exclude", "/x\n");
        work.write("lib/b", "").write("lib/gen", "").write("lib/x", "").write("lib/sub/gen", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", "b", "lib/.gitignore", "lib/b", "lib/sub/gen");
    }

    @Test
    void rules_of_the_outer_repository_end_at_an_inner_one() {
        work.repository("").write(".gitignore", "*.log\n").repository("lib").write("lib/a.log", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", "lib/a.log");
    }

    @Test
    void a_worktree_shares_the_exclude_file_of_its_repository() {
        work.repository("main").write("main/.git/info/exclude", "*.local\n");
        work.write("main/.git/worktrees/wt/HEAD", "ref: refs/heads/wt\n");
        work.write("main/.git/worktrees/wt/commondir", "../..\n");
        work.write("wt/.git", "gitdir: ../main/.git/worktrees/wt\n");
        work.write("wt/a.local", "")
                .write("wt/a", "")
                .write("wt/.gitignore", "b\n")
                .write("wt/b", "");

        assertThat(paths(work.scan("wt"))).containsExactly(".git", ".gitignore", "a");
    }

    @Test
    void a_git_file_that_leads_nowhere_is_no_repository() {
        work.write(".gitignore", "a\n").write("a", "").write(".git", "gitdir: /no/such\0place\n");

        assertThat(paths(work.scan())).containsExactly(".git", ".gitignore", "a");
    }

    @Test
    void a_gitignore_that_is_a_symlink_is_not_followed(@TempDir Path elsewhere) throws IOException {
        Path rules = Files.writeString(elsewhere.resolve("rules"), "*\n");
        work.repository("").write("a", "");
        Links.symbolic(work.path(".gitignore"), rules);

        assertThat(paths(work.scan())).containsExactly(".gitignore", "a");
    }

    @Test
    void a_gitignore_of_unreasonable_size_is_not_read() {
        work.repository("").write(".gitignore", "a\n" + "#".repeat(1 << 20)).write("a", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", "a");
    }

    @Test
    @Timeout(60)
    void rules_that_would_take_hours_are_left_out() {
        String name = "a".repeat(250);
        work.repository("").write(".gitignore", "*a".repeat(12) + "*b\n**/" + "*a".repeat(12) + "*b/**\n*.*.tmp\n");
        work.write(name, "").write("x.y.tmp", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", name);
    }

    @Test
    void the_rules_of_all_directories_together_are_bounded() {
        String many = "#".repeat(100_000) + "\n";
        work.repository("").write(".gitignore", "a\n" + many).write("s/.gitignore", "b\n" + many);
        work.write("s/s/.gitignore", "c\n" + many);
        work.write("s/s/a", "").write("s/s/b", "").write("s/s/c", "");

        assertThat(paths(work.scan()))
                .containsExactly(".gitignore", "s/.gitignore", "s/s/.gitignore", "s/s/a", "s/s/b", "s/s/c");
    }

    @Test
    void where_rules_cannot_be_obeyed_that_take_something_out_again_nothing_is_ignored() {
        work.repository("").write(".gitignore", "*\n!*/\n!.gitignore\n");
        work.write("wild/.gitignore", "*\n!*-*-*.txt\n")
                .write("wild/a-b-c.txt", "")
                .write("wild/d", "");
        work.write("large/.gitignore", "!keep\n" + "#".repeat(1 << 20)).write("large/keep", "");
        work.write("plain/e", "");

        assertThat(paths(work.scan()))
                .containsExactly(
                        ".gitignore", "large/.gitignore", "large/keep", "wild/.gitignore", "wild/a-b-c.txt", "wild/d");
    }

    @Test
    void what_is_ignored_is_looked_at_last_so_that_it_does_not_use_up_the_limit() {
        work.repository("").write(".gitignore", "a/\n").write(".git/index", "not an index");
        work.write("a/b/1", "").write("a/b/2", "").write("a/c/3", "").write("z/z/z/4", "");

        Manifest manifest = new ManifestScanner(List.of(), DirectoryReader.ofThisPlatform(), 4, TimeSource.system())
                .scan(directory);

        assertThat(paths(manifest)).contains("z/z/z/4");
        assertThat(manifest.gaps()).containsExactly("a/c");
    }

    @Test
    void a_carriage_return_within_a_rule_ends_none() {
        work.repository("")
                .write(".gitignore", "foo\r*.dat\rbar\nb\r\n")
                .write("a.dat", "")
                .write("b", "");

        assertThat(paths(work.scan())).containsExactly(".gitignore", "a.dat");
    }

    @Test
    void a_file_that_is_ignored_by_now_is_not_taken_for_deleted() {
        work.repository("").write("config", "1").write("lib/a", "1").write("lib/b", "1");
        Manifest before = work.scan();
        work.write(".gitignore", "config\nlib/\n").write("lib/b", "22").write("lib/new", "1");

        assertThat(told(work.changesSince(before)))
                .containsExactly("added .gitignore", "modified lib/b", "added lib/new");
    }

    @Test
    void a_gitignore_that_the_run_wrote_hides_no_new_file() {
        work.repository("").write("src/a", "");
        Manifest before = work.scan();
        work.write(".gitignore", "new\n")
                .write("new", "")
                .write("src/.gitignore", "*\n")
                .write("src/b", "");

        assertThat(told(work.changesSince(before)))
                .containsExactly("added .gitignore", "added new", "added src/.gitignore", "added src/b");
    }

    @Test
    void what_was_ignored_before_stays_so_when_the_run_changes_or_deletes_the_rules() throws IOException {
        work.repository("").write(".gitignore", "*.o\n").write(".git/info/exclude", "*.local\n");
        work.write("lib/.gitignore", "gen/\n")
                .write("a.o", "")
                .write("b.local", "")
                .write("lib/gen/c", "");
        Manifest before = work.scan();
        Files.delete(work.path(".git/info/exclude"));
        Files.delete(work.path("lib/.gitignore"));
        work.write(".gitignore", "!*.o\n*.tmp\n").write("new.o", "").write("new.tmp", "");

        assertThat(told(work.changesSince(before)))
                .containsExactly("modified .gitignore", "deleted lib/.gitignore", "added new.tmp");
    }

    @Test
    void rules_added_to_the_clone_during_the_run_hide_nothing() {
        work.repository("").write("a", "");
        Manifest before = work.scan();
        work.write(".git/info/exclude", "*\n").write("b", "");

        assertThat(told(work.changesSince(before))).containsExactly("added b");
    }

    @Test
    void a_repository_that_is_made_or_removed_during_the_run_is_told_and_hides_nothing() throws IOException {
        work.repository("lib").write("lib/.gitignore", "*.o\n").write("lib/a.o", "");
        Manifest before = work.scan();
        Files.delete(work.path("lib/.git/HEAD"));
        Files.delete(work.path("lib/.git"));
        work.repository("")
                .write(".gitignore", "*\n")
                .write("b", "")
                .write("lib/c", "")
                .write("lib/d.o", "");

        assertThat(told(work.changesSince(before)))
                .containsExactly("added .git", "added .gitignore", "added b", "deleted lib/.git", "added lib/c");
    }

    @Test
    void in_a_part_of_a_repository_the_rules_above_are_those_of_before() throws IOException {
        work.repository("").write(".gitignore", "*.o\n").write("services/.gitignore", "auth/gen\n");
        work.write("services/auth/a", "").write("services/auth/gen", "").write("services/auth/a.o", "");
        Manifest before = work.scan("services/auth");
        Files.delete(work.path("services/.gitignore"));
        Files.delete(work.path(".git/HEAD"));
        work.write(".gitignore", "b\n").write("services/auth/b", "").write("services/auth/b.o", "");

        assertThat(told(work.changesSince(before))).containsExactly("added b");
    }

    @Test
    void the_rules_of_before_outlive_a_restart(@TempDir Path elsewhere) throws IOException {
        work.repository("")
                .write(".gitignore", "*.o\n")
                .write("services/auth/a", "")
                .write("services/auth/a.o", "");
        Path file = elsewhere.resolve("before.gz");
        ManifestFile.write(file, work.scan("services/auth"));
        work.write(".gitignore", "b\n").write("services/auth/b", "").write("services/auth/b.o", "");

        assertThat(told(work.changesSince(ManifestFile.read(file).orElseThrow())))
                .containsExactly("added b");
    }

    @Test
    void a_repository_made_during_the_run_hides_nothing_that_was_there() {
        work.write("a", "1").write("b", "1");
        Manifest before = work.scan();
        work.repository("").write(".gitignore", "a\nb\n").write("a", "22");

        assertThat(told(work.changesSince(before))).containsExactly("added .git", "added .gitignore", "modified a");
    }

    @Test
    void an_ignored_file_may_come_and_go_unseen() throws IOException {
        work.repository("").write(".gitignore", "*.o\n").write("a.o", "");
        Manifest before = work.scan();
        Files.delete(work.path("a.o"));
        work.write("b.o", "");

        assertThat(told(work.changesSince(before))).isEmpty();
    }
}
