package dev.orchestrator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.txt",
                "src\\Main.java",
                "src/Main.java",
                "C:\\repo\\a.txt",
                "c:/repo/a.txt",
                "..\\a.txt",
                ".\\a.txt",
                "console.txt",
                "my con.txt",
                "lpt10",
                ".gitignore"
            })
    void plain_names_are_plain(String path) {
        assertThat(WindowsName.problem(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\\\server\\share\\a.txt",
                "//server/share/a.txt",
                "\\\\?\\C:\\repo\\a.txt",
                "\\\\.\\PhysicalDrive0",
                "\\repo\\a.txt",
                "/repo/a.txt",
                "C:a.txt",
                "a.txt:stream",
                "a.txt::$DATA",
                "C:\\repo\\a.txt:stream",
                "a.txt.",
                "a.txt ",
                "dir. \\a.txt",
                "...",
                "CON",
                "con.txt",
                "sub\\NUL",
                "aux.tar.gz",
                "COM1",
                "com¹.txt",
                "LPT9 .txt",
                "CONIN$"
            })
    void names_that_mean_something_else_are_told(String path) {
        assertThat(WindowsName.problem(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROGRA~1", "git~1", "A~12.TXT"})
    void second_names_are_known(String name) {
        assertThat(WindowsName.isShort(name)).isTrue();
    }
}
