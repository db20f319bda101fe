package dev.orchestrator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("timeout", "idle_timeout", "model", "max_turns", "id", "type");

    @ParameterizedTest
    @CsvSource({
        "timeuot, timeout",
        "tiemout, timeout",
        "Timeout, timeout",
        "idle-timeout, idle_timeout",
        "idletimeout, idle_timeout",
        "modle, model",
        "models, model",
        "max_turn, max_turns",
        "typ, type",
        "timeout, timeout"
    })
    void a_typing_error_is_forgiven(String given, String meant) {
        assertThat(NearestName.nearest(given, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"banana", "x", "''", "timeoutttttt", "in", "tttttype"})
    void a_guess_is_not_forced(String given) {
        assertThat(NearestName.nearest(given, KNOWN)).isEmpty();
    }

    @Test
    void of_equally_near_names_the_first_in_the_alphabet_wins_whatever_their_order() {
        assertThat(NearestName.nearest("lape", List.of("tape", "cape"))).contains("cape");
        assertThat(NearestName.nearest("lape", List.of("cape", "tape"))).contains("cape");
    }

    @Test
    void without_names_there_is_no_nearest() {
        assertThat(NearestName.nearest("timeout", List.of())).isEmpty();
    }
}
