package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions are others there")
class PrivateFileTest {
    @TempDir
    Path directory;

    @Test
    void a_file_that_is_made_is_private() throws IOException {
        Path file = directory.resolve("a");
        PrivateFile.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
        PrivateFile.create(directory.resolve("b"));
        PrivateFile.write(directory.resolve("c"), new byte[] {1});

        assertThat(Stream.of("a", "b", "c").map(directory::resolve))
                .allSatisfy(each -> assertThat(permissions(each)).isEqualTo("rw-------"));
    }

    @Test
    void directories_that_are_made_are_private_and_the_one_above_stays_as_it_is() throws IOException {
        allow(directory, "rwxr-xr-x");

        PrivateFile.createDirectories(directory.resolve("a/b"));

        assertThat(permissions(directory.resolve("a"))).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void a_file_that_is_there_becomes_private_when_it_is_to_be_made_and_keeps_its_content() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "text");
        allow(file, "rw-r--r--");

        PrivateFile.create(file);

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("text");
    }

    @Test
    void what_the_owner_may_not_do_stays_so() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "");
        allow(file, "r--rw-r-x");

        assertThat(PrivateFile.tighten(file)).isTrue();

        assertThat(permissions(file)).isEqualTo("r--------");
        assertThat(PrivateFile.tighten(file)).isFalse();
        allow(file, "rw-------");
    }

    @Test
    void a_file_is_private_before_it_has_its_name() throws IOException {
        AtomicFile.write(directory.resolve("a"), out -> {
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files)
                        .singleElement()
                        .satisfies(
                                temporary -> assertThat(permissions(temporary)).isEqualTo("rw-------"));
            }
        });
        assertThat(permissions(directory.resolve("a"))).isEqualTo("rw-------");
    }

    @Test
    void a_file_that_is_replaced_by_a_shared_one_is_as_others_that_the_user_makes() throws IOException {
        AtomicFile.writeShared(directory.resolve("a"), new byte[] {1});

        Path usual = Files.createFile(directory.resolve("b"));
        assertThat(permissions(directory.resolve("a"))).isEqualTo(permissions(usual));
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
