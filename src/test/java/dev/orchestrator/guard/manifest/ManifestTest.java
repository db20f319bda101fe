package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.paths;
import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.guard.manifest.FileChange.Change;
import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest extends ManifestCase {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_600_000_000_000L);

    @Test
    void an_untouched_directory_has_no_changes() {
        work.write("a.txt", "a").write("src/b.txt", "b");

        Manifest before = work.scan();

        assertThat(paths(before)).containsExactly("a.txt", "src/b.txt");
        assertThat(work.changesSince(before).changes()).isEmpty();
    }

    @Test
    void a_new_file_is_added_with_its_size_and_hash() {
        Manifest before = work.scan();
        work.write("src/new.txt", "abc");

        assertThat(work.changesSince(before).changes())
                .containsExactly(new FileChange(
                        "src/new.txt",
                        Change.ADDED,
                        3,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void a_rewritten_file_is_modified_and_hashed_as_it_is_now() {
        work.write("a.txt", "before");
        Manifest before = work.scan();
        work.write("a.txt", "abc");

        assertThat(work.changesSince(before).changes())
                .containsExactly(new FileChange(
                        "a.txt",
                        Change.MODIFIED,
                        3,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void a_deleted_file_has_neither_size_nor_hash() throws IOException {
        work.write("a.txt", "a");
        Manifest before = work.scan();
        Files.delete(work.path("a.txt"));

        assertThat(work.changesSince(before).changes())
                .containsExactly(new FileChange("a.txt", Change.DELETED, 0, null));
    }

    @Test
    void a_rename_is_a_deletion_and_an_addition() throws IOException {
        work.write("b.txt", "b");
        Manifest before = work.scan();
        Files.move(work.path("b.txt"), work.path("a.txt"));

        assertThat(told(work.changesSince(before))).containsExactly("added a.txt", "deleted b.txt");
    }

    @Test
    void changes_are_sorted_by_path() throws IOException {
        work.write("b", "1").write("c", "1").write("a/z", "1");
        Manifest before = work.scan();
        work.write("b", "22").write("d", "2").write("a.txt", "2");
        Files.delete(work.path("c"));
        Files.delete(work.path("a/z"));

        ChangeList changes = work.changesSince(before);

        assertThat(told(changes)).containsExactly("added a.txt", "deleted a/z", "modified b", "deleted c", "added d");
        assertThat(changes.changes()).extracting(FileChange::path).containsExactly("a.txt", "a/z", "b", "c", "d");
    }

    @Test
    void a_touched_file_counts_as_modified_when_nothing_tells_its_content_before() throws IOException {
        work.write("a.txt", "a");
        Manifest before = work.scan();
        Files.setLastModifiedTime(work.path("a.txt"), LONG_AGO);

        assertThat(told(work.changesSince(before))).containsExactly("modified a.txt");
    }

    /** Else an agent that did nothing would have changed something. */
    @Test
    void a_touched_file_of_which_the_content_was_read_has_not_changed() throws IOException {
        work.write("a.txt", "a").write("b.txt", "b");
        Manifest before = work.scan().withContents();
        Files.setLastModifiedTime(work.path("a.txt"), LONG_AGO);
        work.write("b.txt", "c");

        assertThat(told(work.changesSince(before))).containsExactly("modified b.txt");
    }

    @Test
    void what_is_too_much_to_read_is_modified_when_it_is_touched() throws IOException {
        work.write("a.txt", "a").write("b.txt", "b").write("large", "x".repeat(1000));
        Manifest before = work.scan().withContents(new Hasher(directory, 100, 1 << 20), 10);
        Manifest few = work.scan().withContents(new Hasher(directory, 100, 1 << 20), 1);
        Files.setLastModifiedTime(work.path("b.txt"), LONG_AGO);
        Files.setLastModifiedTime(work.path("large"), LONG_AGO);

        assertThat(told(work.changesSince(before))).containsExactly("modified large");
        assertThat(told(work.changesSince(few))).containsExactly("modified b.txt", "modified large");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no time of change that nobody can set back")
    void a_rewrite_of_the_same_size_with_the_time_set_back_is_noticed() throws IOException {
        Path file = work.write("a.txt", "one").path("a.txt");
        Files.setLastModifiedTime(file, LONG_AGO);
        Manifest before = work.scan();
        Object seen = changeTime(file);
        long deadline = System.nanoTime() + 10_000_000_000L;
        // The clock of a file system ticks every few milliseconds; within one tick nobody could tell.
        while (changeTime(file).equals(seen)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Files.writeString(file, "two");
            Files.setLastModifiedTime(file, LONG_AGO);
        }

        assertThat(told(work.changesSince(before))).containsExactly("modified a.txt");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no permission bits")
    void a_file_made_executable_is_modified() throws IOException {
        Path file = work.write("run.sh", "true").path("run.sh");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Manifest before = work.scan();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(told(work.changesSince(before))).containsExactly("modified run.sh");
    }

    @Test
    void a_symlink_that_leads_elsewhere_is_modified_and_has_no_hash() throws IOException {
        link("link", "a.txt");
        Manifest before = work.scan();
        Files.delete(work.path("link"));
        link("link", "b.txt");

        assertThat(work.changesSince(before).changes())
                .containsExactly(new FileChange("link", Change.MODIFIED, 5, null));
    }

    @Test
    void a_symlink_made_anew_with_the_same_target_is_no_change() throws IOException {
        link("link", "a.txt");
        Manifest before = work.scan();
        Files.delete(work.path("link"));
        link("link", "a.txt");

        assertThat(told(work.changesSince(before))).isEmpty();
    }

    @Test
    void a_symlink_is_not_followed(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret.txt"), "s");
        link("link", elsewhere.toString());
        link("self", ".");

        assertThat(paths(work.scan())).containsExactly("link", "self");
    }

    @Test
    void a_file_in_place_of_a_symlink_is_modified() throws IOException {
        link("name", "target");
        Manifest before = work.scan();
        Files.delete(work.path("name"));
        work.write("name", "target");

        assertThat(told(work.changesSince(before))).containsExactly("modified name");
    }

    @Test
    void a_file_replaced_by_a_directory_is_deleted_and_what_is_in_it_added() throws IOException {
        work.write("a", "file");
        Manifest before = work.scan();
        Files.delete(work.path("a"));
        work.write("a/b", "inside");

        assertThat(told(work.changesSince(before))).containsExactly("deleted a", "added a/b");
    }

    @Test
    void a_directory_replaced_by_a_symlink_takes_its_files_with_it(@TempDir Path elsewhere) throws IOException {
        work.write("a/b", "inside");
        Manifest before = work.scan();
        Files.writeString(elsewhere.resolve("b"), "inside");
        Files.delete(work.path("a/b"));
        Files.delete(work.path("a"));
        link("a", elsewhere.toString());

        assertThat(told(work.changesSince(before))).containsExactly("added a", "deleted a/b");
    }

    @Test
    void empty_directories_are_no_changes() throws IOException {
        Manifest before = work.scan();
        Files.createDirectories(work.path("empty/deeper"));

        assertThat(told(work.changesSince(before))).isEmpty();
    }

    @Test
    void a_file_above_the_bound_has_no_hash() {
        Manifest before = work.scan();
        work.write("large", "12345").write("small", "1234");
        Manifest after = work.scan();

        List<FileChange> changes =
                before.changesTo(after, new Hasher(directory, 4, 100)).changes();

        assertThat(changes).extracting(FileChange::sha256).element(0).isNull();
        assertThat(changes).extracting(FileChange::sha256).element(1).isNotNull();
    }

    @Test
    void hashing_stops_when_enough_was_read_in_all() {
        Manifest before = work.scan();
        work.write("a", "1234").write("b", "1234").write("c", "12");
        Manifest after = work.scan();

        List<FileChange> changes =
                before.changesTo(after, new Hasher(directory, 4, 6)).changes();

        assertThat(changes.stream().map(change -> change.sha256() != null)).containsExactly(true, false, true);
    }

    @Test
    void a_file_that_is_gone_when_it_should_be_hashed_has_no_hash() throws IOException {
        Manifest before = work.scan();
        work.write("a", "1");
        Manifest after = work.scan();
        Files.delete(work.path("a"));

        assertThat(before.changesTo(after).changes()).containsExactly(new FileChange("a", Change.ADDED, 1, null));
    }

    @Test
    void a_file_swapped_for_a_symlink_before_it_is_hashed_is_not_followed(@TempDir Path elsewhere) throws IOException {
        Manifest before = work.scan();
        work.write("a", "1");
        Manifest after = work.scan();
        Files.delete(work.path("a"));
        link("a", Files.writeString(elsewhere.resolve("x"), "1").toString());

        assertThat(before.changesTo(after).changes()).containsExactly(new FileChange("a", Change.ADDED, 1, null));
    }

    @Test
    void manifests_of_different_directories_cannot_be_compared(@TempDir Path other) {
        Manifest before = work.scan();
        Manifest after = new WorkingDirectory(other).scan();

        assertThatThrownBy(() -> before.changesTo(after))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be compared");
    }

    private void link(String name, String target) throws IOException {
        Links.symbolic(work.path(name), Path.of(target));
    }

    private static Object changeTime(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ctime");
    }
}
