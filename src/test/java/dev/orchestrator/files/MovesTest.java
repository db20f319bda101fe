package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovesTest {
    @TempDir
    Path directory;

    @Test
    void a_rename_replaces_what_is_there() throws IOException {
        Path source = Files.writeString(directory.resolve("a"), "new");
        Path target = Files.writeString(directory.resolve("b"), "old");
        Moves.replace(source, target);
        assertThat(target).hasContent("new");
        assertThat(source).doesNotExist();
    }

    @Test
    void a_missing_source_is_said_and_the_target_stays() throws IOException {
        Path target = Files.writeString(directory.resolve("b"), "old");
        assertThatThrownBy(() -> Moves.replace(directory.resolve("a"), target)).isInstanceOf(NoSuchFileException.class);
        assertThat(target).hasContent("old");
    }

    @Test
    void deleting_what_is_not_there_is_no_failure() {
        assertThatCode(() -> Moves.delete(directory.resolve("a"))).doesNotThrowAnyException();
    }

    @Test
    void a_directory_can_be_synced_on_this_platform() {
        assertThatCode(() -> Moves.syncDirectory(directory)).doesNotThrowAnyException();
    }

    @Test
    void syncing_a_directory_that_is_not_there_fails() {
        assertThatThrownBy(() -> Moves.syncDirectory(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
