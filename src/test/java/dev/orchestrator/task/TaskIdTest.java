package dev.orchestrator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "fix-login",
                "20261122-142501-fix-login-7k3q",
                "a.b_c-d",
                "a..b",
                "con1",
                "console",
                "index-2",
                "turn-2",
                "x.turn-",
                "x.turn-2x",
                "communication.com1"
            })
    void an_ordinary_name_is_an_id(String text) {
        assertThat(TaskId.problem(text)).isEmpty();
        assertThat(new TaskId(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "-a", ".a", "_a", "a/b", "a\\b", "../a", "..", ".", "a b", "a\n", "a\u0000", "é", "ａ", "a:b",
                "a*", "a.", "a%2f", "a\u202e"
            })
    void what_could_be_a_path_or_no_file_name_is_none(String text) {
        assertThat(TaskId.problem(text)).isPresent();
        assertThatThrownBy(() -> TaskId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("task id " + TaskId.problem(text).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"con", "CON", "prn", "aux", "nul", "nul.txt", "com1", "com1.x.y", "LPT9"})
    void a_device_of_windows_is_none(String text) {
        assertThat(TaskId.problem(text))
                .hasValueSatisfying(problem -> assertThat(problem).contains("Windows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "README", "a.turn-2", "a.turn-1.turn-10"})
    void a_name_of_the_orchestrators_own_files_is_none(String text) {
        assertThat(TaskId.problem(text))
                .hasValueSatisfying(problem -> assertThat(problem).contains("reserved"));
    }

    @Test
    void eighty_characters_are_the_most() {
        assertThat(TaskId.problem("a".repeat(80))).isEmpty();
        assertThat(TaskId.problem("a".repeat(81)).orElseThrow()).contains("81 characters", "80");
    }

    /** They would be one file on Windows and macOS. */
    @Test
    void upper_case_is_folded_from_outside_and_refused_inside() {
        assertThat(TaskId.parse("Fix-LOGIN")).isEqualTo(new TaskId("fix-login"));
    }

    @ParameterizedTest
    @CsvSource({"fix,2,fix-2", "fix-2,3,fix-2-3"})
    void a_number_is_put_behind(String id, int number, String expected) {
        assertThat(new TaskId(id).numbered(number)).isEqualTo(new TaskId(expected));
    }

    @Test
    void a_long_id_is_shortened_for_its_number() {
        assertThat(new TaskId("a".repeat(80)).numbered(12).value()).isEqualTo("a".repeat(77) + "-12");
    }

    @Test
    void ids_are_ordered_and_equal_by_their_text() {
        assertThat(new TaskId("a")).isLessThan(new TaskId("b")).isEqualByComparingTo(new TaskId("a"));
        assertThat(new TaskId("a")).hasSameHashCodeAs(new TaskId("a")).isNotEqualTo(new TaskId("b"));
    }
}
