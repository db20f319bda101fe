package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
    @Test
    void words_have_blanks_between_and_quotes_around_blanks() {
        assertThat(CommandLines.parse("codex  exec\t-")).containsExactly("codex", "exec", "-");
        assertThat(CommandLines.parse("sh -c 'llm | tee x'")).containsExactly("sh", "-c", "llm | tee x");
        assertThat(CommandLines.parse("\"C:\\Program Files\\a.exe\" --x=\"a b\"c ''"))
                .containsExactly("C:\\Program Files\\a.exe", "--x=a bc", "");
        assertThat(CommandLines.parse("")).isEmpty();
    }

    @Test
    void what_is_printed_is_read_back() {
        List<List<String>> lines = List.of(
                List.of(),
                List.of("a"),
                List.of("/opt/my agent/run", "", "it's", "a\"b", "a'b\"c d", "|", "$X"),
                List.of("sh", "-c", "one\ntwo\tthree"));

        assertThat(lines)
                .allSatisfy(words -> assertThat(CommandLines.parse(CommandLines.print(words)))
                        .isEqualTo(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm | tee x", "llm > x", "a && b", "a ; b"})
    void what_only_a_shell_understands_is_refused(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLines.parse(line))
                .withMessageEndingWith("which only a shell understands");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh -c 'x", "x \"", "'' x", "x\u0007"})
    void a_line_that_means_nothing_is_refused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandLines.parse(line));
    }
}
