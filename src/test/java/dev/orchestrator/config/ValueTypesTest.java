package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ValueTypesTest {
    @ParameterizedTest
    @CsvSource({"1B, 1", "512KB, 524288", "1MB, 1048576", "1 MiB, 1048576", "1mb, 1048576", "2GB, 2147483648"})
    void a_size_is_a_number_and_a_unit_of_1024(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"512, is a number without a unit", "1TB, has the unknown unit TB", "-1KB, is not a size"})
    void another_size_is_refused_with_the_reason(String text, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse(text)).withMessage(reason);
    }

    @Test
    void a_value_outside_its_range_is_refused_with_the_limit() {
        assertRefused(ValueTypes.wholeNumber(1, 64), "0", "is below 1, the smallest allowed value");
        assertRefused(ValueTypes.wholeNumber(1, 64), "65", "is above 64, the largest allowed value");
        assertRefused(ValueTypes.duration(), "0s", "is below 1ms, the smallest allowed value");
        assertRefused(ValueTypes.size(1, Sizes.MB), "2MB", "is above 1MB, the largest allowed value");
        assertThat(ValueTypes.durationOrZero().parse("0s")).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "three", "1.0", "1_000", "0x10", "12345678901234567890", "\u0663"})
    void a_whole_number_has_digits_only(String text) {
        assertRefused(ValueTypes.wholeNumber(1, 64), text, "is not a whole number of at most nine digits");
    }

    @Test
    void an_amount_is_above_zero_and_short() {
        assertThat(ValueTypes.amount().parse("2.50")).isEqualTo(new BigDecimal("2.50"));
        assertRefused(ValueTypes.amount(), "0.00", "is not above 0");
        assertRefused(ValueTypes.amount(), "1e999999999", "is not an amount");
        assertRefused(ValueTypes.amount(), "$5", "is not an amount");
    }

    @Test
    void a_list_is_separated_by_commas_and_blanks_around_them_do_not_count() {
        assertThat(ValueTypes.variableGlobs().parse("AWS_*, GH_TOKEN,,ProgramFiles(x86),"))
                .containsExactly("AWS_*", "GH_TOKEN", "ProgramFiles(x86)");
        assertThat(ValueTypes.paths().parse("a b, /c")).isEqualTo(List.of(Path.of("a b"), Path.of("/c")));
        assertThat(ValueTypes.paths().parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=B", "A B"})
    void what_cannot_be_the_name_of_a_variable_is_refused(String text) {
        assertRefused(ValueTypes.variableGlobs(), text, "has an entry that cannot be the name of a variable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "~/code", "~\\code"})
    void the_tilde_of_a_shell_is_refused_because_it_would_become_a_directory(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueTypes.path().parse(text))
                .withMessageStartingWith("starts with ~");
    }

    @Test
    void a_path_may_be_called_almost_anything() {
        assertThat(ValueTypes.path().parse(" ~cache ")).isEqualTo(Path.of("~cache"));
        assertThat(ValueTypes.path().parse("C:\\Users\\me").toString()).isEqualTo("C:\\Users\\me");
        assertRefused(ValueTypes.path(), "a\0b", "holds a control character");
        assertRefused(ValueTypes.path(), "", "is empty");
    }

    @Test
    void text_has_one_line() {
        assertThat(ValueTypes.text().parse(" claude \n")).isEqualTo("claude");
        assertRefused(ValueTypes.text(), "a\nb", "holds a control character");
        assertRefused(ValueTypes.text(), " ", "is empty");
    }

    @Test
    void a_level_may_be_written_in_any_case() {
        assertThat(ValueTypes.level().parse("Warn")).isEqualTo(Level.WARN);
        assertRefused(ValueTypes.level(), "loud", "is not a log level");
        assertThat(ValueTypes.level().form()).isEqualTo("one of error, warn, info, debug, trace");
    }

    @Test
    void an_optional_value_is_none_when_it_is_empty() {
        ValueType<Optional<String>> type = ValueTypes.text().optional();
        assertThat(type.parse(" ")).isEmpty();
        assertThat(type.parse("x")).contains("x");
        assertThat(type.print(Optional.empty())).isEmpty();
    }

    private static void assertRefused(ValueType<?> type, String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text)).withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"-1000123, is the number of a group", "0, is no such number", "12345678901234567890, is no such number"
    })
    void a_user_has_a_number_above_0(String text, String problem) {
        assertThatThrownBy(() -> ValueTypes.userNumbers().parse(text)).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://bots.example/api", "https://bots.example/?a", "ftp://bots.example"})
    void a_server_is_named_without_a_path(String text) {
        assertThatThrownBy(() -> ValueTypes.server().parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ValueTypes.server().parse("http://127.0.0.1:8081/")).isEqualTo("http://127.0.0.1:8081/");
    }
}
