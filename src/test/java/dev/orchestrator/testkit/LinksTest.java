package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class LinksTest {
    @TempDir
    Path temp;

    @Test
    void where_no_link_can_be_made_the_test_is_skipped() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(temp.resolve("a.zip"), Map.of("create", "true"))) {
            Path root = zip.getPath("/");

            assertThat(Links.canBeMadeIn(root)).isFalse();
            assertThatThrownBy(() -> Links.symbolic(root.resolve("link"), root))
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessageContaining("no symbolic link can be made here");
        }
    }

    @Test
    void a_fault_of_the_test_itself_is_no_reason_to_skip_it() {
        assertThatThrownBy(() -> Links.symbolic(temp.resolve("no/such/directory"), temp))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void trying_leaves_nothing_behind() throws IOException {
        Links.canBeMadeIn(temp);

        assertThat(temp).isEmptyDirectory();
    }
}
