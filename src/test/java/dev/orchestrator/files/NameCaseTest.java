package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NameCaseTest {
    @Test
    void a_file_system_shows_whether_it_ignores_case() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
                FileSystem mac = Jimfs.newFileSystem(Configuration.osX());
                FileSystem linux = Jimfs.newFileSystem(Configuration.unix())) {
            assertThat(NameCase.isIgnoredFor(made(windows.getPath("C:\\home\\tasks"))))
                    .isTrue();
            assertThat(NameCase.isIgnoredFor(made(mac.getPath("/home/Tasks")))).isTrue();
            assertThat(NameCase.isIgnoredFor(made(linux.getPath("/home/tasks"))))
                    .isFalse();
        }
    }

    @Test
    void two_files_whose_names_differ_in_case_are_two() throws IOException {
        try (FileSystem linux = Jimfs.newFileSystem(Configuration.unix())) {
            made(linux.getPath("/home/TASKS"));

            assertThat(NameCase.isIgnoredFor(made(linux.getPath("/home/tasks"))))
                    .isFalse();
        }
    }

    @Test
    void what_is_not_there_or_has_no_letters_says_nothing() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
                FileSystem mac = Jimfs.newFileSystem(Configuration.osX())) {
            assertThat(NameCase.isIgnoredFor(mac.getPath("/none"))).isFalse();
            assertThat(NameCase.isIgnoredFor(made(windows.getPath("C:\\123")))).isFalse();
            assertThat(NameCase.isIgnoredFor(windows.getPath("C:\\"))).isFalse();
        }
    }

    private static Path made(Path directory) throws IOException {
        return Files.createDirectories(directory);
    }
}
