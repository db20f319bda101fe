package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
    private static Terminal unix(Map<String, String> environment) {
        return Terminal.of(true, false, environment);
    }

    @Test
    void one_without_colours_is_a_terminal_all_the_same() {
        assertThat(unix(Map.of("NO_COLOR", "1", "TERM", "xterm")).obeys()).isTrue();
    }

    @Test
    void a_file_is_none_whatever_is_said_of_colours() {
        assertThat(Terminal.of(false, false, Map.of("CLICOLOR_FORCE", "1", "TERM", "xterm"))
                        .obeys())
                .isFalse();
    }

    @Test
    void what_only_shows_what_it_is_told_is_none() {
        assertThat(unix(Map.of("TERM", "dumb")).obeys()).isFalse();
        assertThat(Terminal.of(true, true, Map.of()).obeys()).isFalse();
        assertThat(Terminal.of(true, true, Map.of("WT_SESSION", "1")).obeys()).isTrue();
    }

    @Test
    void it_is_as_tall_as_it_says() {
        assertThat(unix(Map.of("LINES", "50")).lines()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "0", "-3", "99999999999"})
    void or_as_most_are(String lines) {
        assertThat(unix(Map.of("LINES", lines)).lines()).isEqualTo(24);
        assertThat(unix(Map.of()).lines()).isEqualTo(24);
    }
}
