package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.guard.manifest.FileChange.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "added, modified, added",
        "added, added, added",
        "modified, modified, modified",
        "modified, deleted, deleted",
        "deleted, added, modified",
        "deleted, deleted, deleted"
    })
    void two_changes_of_a_file_are_one(String first, String second, String both) {
        Changes united = changes("a.txt", first, 1).and(changes("a.txt", second, 2));

        assertThat(united).isEqualTo(changes("a.txt", both, 2));
    }

    @Test
    void a_file_that_came_and_went_has_not_changed() {
        assertThat(changes("a.txt", "added", 1)
                        .and(changes("a.txt", "deleted", 0))
                        .files())
                .isEmpty();
    }

    @Test
    void what_nobody_saw_in_either_is_not_known() {
        Changes united = new Changes(List.of(), List.of("b", "c"))
                .and(changes("z", "added", 1))
                .and(new Changes(List.of(), List.of("a", "b")));

        assertThat(united.unread()).containsExactly("a", "b", "c");
        assertThat(united.files()).extracting("path").containsExactly("z");
    }

    @Test
    void they_are_the_same_when_read_again() throws IOException {
        Path file = temp.resolve("changes.json");
        Changes changes = new Changes(changes("a\n\u00e4.txt", "deleted", 0).files(), List.of("closed"));
        changes.write(file);

        assertThat(Changes.read(file)).isEqualTo(changes);
    }

    @Test
    void without_a_record_or_with_a_damaged_one_nothing_is_known() throws IOException {
        Path torn = Files.writeString(temp.resolve("torn"), "{\"files\": [{\"pa");

        assertThat(Changes.read(torn)).isEqualTo(Changes.UNKNOWN);
        assertThat(Changes.read(temp.resolve("none"))).isEqualTo(Changes.UNKNOWN);
    }

    private static Changes changes(String path, String change, long bytes) {
        Change kind = Change.valueOf(change.toUpperCase(Locale.ROOT));
        return new Changes(List.of(new FileChange(path, kind, bytes, null)), List.of());
    }
}
