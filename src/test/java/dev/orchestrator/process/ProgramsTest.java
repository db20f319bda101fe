package dev.orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    @TempDir
    Path temp;

    private Path first = Path.of("");
    private Path second = Path.of("");

    @BeforeEach
    void make_directories() throws IOException {
        first = Files.createDirectory(temp.resolve("first"));
        second = Files.createDirectory(temp.resolve("second dir"));
    }

    @Test
    void the_first_directory_of_the_path_wins() throws IOException {
        program(second, "tool");
        assertThat(programs(":", false).find("tool")).contains(second.resolve("tool"));
        program(first, "tool");
        assertThat(programs(":", false).find("tool")).contains(first.resolve("tool"));
        assertThat(programs(":", false).find("tool2")).isEmpty();
    }

    @Test
    void a_directory_or_a_file_that_may_not_be_executed_is_no_program() throws IOException {
        Files.createDirectory(first.resolve("tool"));
        Files.writeString(second.resolve("text"), "x");

        assertThat(programs(":", false).find("tool")).isEmpty();
        assertThat(programs(":", false).find(second.resolve("missing").toString()))
                .isEmpty();
        assertThat(programs(":", false).find("a\0b")).isEmpty();
        assertThat(programs(":", false).find("")).isEmpty();
    }

    @Test
    void windows_tries_its_extensions_in_order_and_names_variables_in_any_case() throws IOException {
        program(first, "tool");
        program(first, "tool.cmd");
        program(second, "tool.exe");

        assertThat(programs(";", true).find("tool")).contains(first.resolve("tool.cmd"));
        assertThat(programs(";", true).find("tool.exe")).contains(second.resolve("tool.exe"));
        program(first, "tool.exe");
        assertThat(programs(";", true).find("tool")).contains(first.resolve("tool.exe"));
    }

    private Programs programs(String separator, boolean windows) {
        return new Programs(Map.of(windows ? "Path" : "PATH", first + separator + second + separator), windows);
    }

    private static void program(Path directory, String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "x");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
