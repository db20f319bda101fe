package dev.orchestrator.guard.shell;

import static dev.orchestrator.guard.shell.Scripts.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The notation of what is expected is explained at {@link Scripts#shown}. */
class ShellScriptTest {
    @ParameterizedTest
    @MethodSource
    void each_command_of_a_line_is_seen(String script, String expected) {
        assertThat(shown(script)).isEqualTo(expected);
    }

    static Stream<Arguments> each_command_of_a_line_is_seen() {
        return Stream.of(
                arguments("mvn", "[mvn]"),
                arguments("  mvn\ttest  ", "[mvn][test]"),
                arguments("a&&b", "[a] [b]"),
                arguments("a || b", "[a] [b]"),
                arguments("a;b", "[a] [b]"),
                arguments("a ; b ;", "[a] [b]"),
                arguments("a|b", "[a] |[b]"),
                arguments("a |& b", "[a] |[b]"),
                arguments("a&b", "[a] [b]"),
                arguments("a &", "[a]"),
                arguments("a\nb", "[a] [b]"),
                arguments("\n\n a\n\n\nb \n", "[a] [b]"),
                arguments("a;\nb", "[a] [b]"),
                arguments("a &\nb", "[a] [b]"),
                arguments("a &&\n\n b", "[a] [b]"),
                arguments("a |\nb", "[a] |[b]"),
                arguments("a | b | c && d", "[a] |[b] |[c] [d]"),
                arguments("a | b\nc", "[a] |[b] [c]"),
                arguments("a | b & c", "[a] |[b] [c]"),
                arguments("cd x && ./mvnw -q test 2>&1 | tail -20", "[cd][x] [./mvnw][-q][test] |[tail][-20]"));
    }

    @ParameterizedTest
    @MethodSource
    void quotes_join_what_they_hold_and_are_taken_away(String script, String expected) {
        assertThat(shown(script)).isEqualTo(expected);
    }

    static Stream<Arguments> quotes_join_what_they_hold_and_are_taken_away() {
        return Stream.of(
                arguments("x 'b; c' d", "[x][b; c][d]"),
                arguments("x \"b && c\"", "[x][b && c]"),
                arguments("x a\\;b", "[x][a;b]"),
                arguments("x a\";\"b", "[x][a;b]"),
                arguments("x a\\ b", "[x][a b]"),
                arguments("x 'a'\"b\"c\\d", "[x][abcd]"),
                arguments("x ''", "[x][]"),
                arguments("x \"\" ''a", "[x][][a]"),
                arguments("m'v'\"n\" test", "[mvn][test]"),
                arguments("\\mvn test", "[mvn][test]"),
                arguments("x \"it's\" 'say \"no\"'", "[x][it's][say \"no\"]"),
                arguments("x 'a\nb'", "[x][a\nb]"),
                arguments("x \"a\nb\"", "[x][a\nb]"),
                arguments("x 'a\\'", "[x][a\\]"),
                arguments("x \"a\\\"b\"", "[x][a\"b]"),
                arguments("x \"a\\\\\"", "[x][a\\]"),
                arguments("x \"a\\nb\"", "[x][a\\nb]"),
                arguments("x \"a\\'b\"", "[x][a\\'b]"),
                arguments("x \\\"a \\'b", "[x][\"a]['b]"),
                arguments("x \\\\", "[x][\\]"),
                arguments("x 'a|b' \"c>d\" e\\<f", "[x][a|b][c>d][e<f]"),
                arguments("x '#a' \\#b c#d", "[x][#a][#b][c#d]"),
                arguments("x größe 'née' →", "[x][größe][née][→]"));
    }

    @ParameterizedTest
    @MethodSource
    void a_backslash_in_front_of_a_line_break_joins_the_lines_but_in_single_quotes(String script, String expected) {
        assertThat(shown(script)).isEqualTo(expected);
    }

    static Stream<Arguments> a_backslash_in_front_of_a_line_break_joins_the_lines_but_in_single_quotes() {
        return Stream.of(
                arguments("mvn \\\n  test", "[mvn][test]"),
                arguments("mv\\\nn test", "[mvn][test]"),
                arguments("x \"a\\\nb\"", "[x][ab]"),
                arguments("x 'a\\\nb'", "[x][a\\\nb]"),
                arguments("x \\\\\ny", "[x][\\] [y]"),
                arguments("x \"\\\\\nb\"", "[x][\\\nb]"),
                arguments("a &\\\n& b", "[a] [b]"),
                arguments("a |\\\n| b", "[a] [b]"),
                arguments("x 2\\\n>f", "[x]>f"),
                arguments("x '\"' \\\n y", "[x][\"][y]"),
                arguments("x \"'\" \\\n y", "[x]['][y]"),
                arguments("x \\' \\\n y", "[x]['][y]"),
                arguments("x a\\\n", "[x][a]"));
    }

    @ParameterizedTest
    @MethodSource
    void redirections_are_told_apart_from_words(String script, String expected) {
        assertThat(shown(script)).isEqualTo(expected);
    }

    static Stream<Arguments> redirections_are_told_apart_from_words() {
        return Stream.of(
                arguments("a >f", "[a]>f"),
                arguments("a>f", "[a]>f"),
                arguments("a>>f b", "[a][b]>f"),
                arguments("a <f", "[a]<f"),
                arguments("a >|f", "[a]>f"),
                arguments("a <>f", "[a]<f>f"),
                arguments("a 2>f", "[a]>f"),
                arguments("a 2 >f", "[a][2]>f"),
                arguments("a b2>f", "[a][b2]>f"),
                arguments("a '2'>f", "[a][2]>f"),
                arguments("a \\2>f", "[a][2]>f"),
                arguments("a 2>>f 0<g", "[a]>f<g"),
                arguments("a &>f", "[a]>f"),
                arguments("a&>f", "[a]>f"),
                arguments("a b2&>f", "[a][b2]>f"),
                arguments("a &>>f", "[a]>f"),
                arguments("a &>1", "[a]>1"),
                arguments("a & >f b", "[a] [b]>f"),
                arguments(">f a", "[a]>f"),
                arguments("<f a >g", "[a]<f>g"),
                arguments("a >'b c' >d\\;e", "[a]>b c>d;e"),
                arguments("a >/dev/null 2>/dev/null", "[a]>/dev/null>/dev/null"),
                arguments("a >f|b <g", "[a]>f |[b]<g"),
                arguments("a >f;b", "[a]>f [b]"),
                arguments("a >f&b", "[a]>f [b]"));
    }

    @ParameterizedTest
    @MethodSource
    void copies_of_the_standard_descriptors_open_no_file(String script, String expected) {
        assertThat(shown(script)).isEqualTo(expected);
    }

    static Stream<Arguments> copies_of_the_standard_descriptors_open_no_file() {
        return Stream.of(
                arguments("a 2>&1", "[a]"),
                arguments("a >&2", "[a]"),
                arguments("a >& 2", "[a]"),
                arguments("a >&\"2\"", "[a]"),
                arguments("a 1>&2 b", "[a][b]"),
                arguments("a 2>&-", "[a]"),
                arguments("a <&- >&-", "[a]"),
                arguments("a 2>&1|b", "[a] |[b]"),
                arguments("a >f 2>&1", "[a]>f"),
                arguments("2>&1 a", "[a]"));
    }

    @ParameterizedTest
    @MethodSource
    void a_dollar_sign_that_expands_nothing_is_a_character(String script, String expected) {
        assertThat(shown(script)).isEqualTo(expected);
    }

    static Stream<Arguments> a_dollar_sign_that_expands_nothing_is_a_character() {
        return Stream.of(
                arguments("x $", "[x][$]"),
                arguments("x a$ b", "[x][a$][b]"),
                arguments("x a$;b", "[x][a$] [b]"),
                arguments("x \"a$\" \"$ b\"", "[x][a$][$ b]"),
                arguments("x \"^a$|^b$\"", "[x][^a$|^b$]"),
                arguments("x \"$\"HOME", "[x][$HOME]"),
                arguments("x \\$HOME", "[x][$HOME]"),
                arguments("x \"\\$HOME\"", "[x][$HOME]"),
                arguments("x \"\\$(y)\"", "[x][$(y)]"),
                arguments("x '$(y)' '`y`' '${y:-z}'", "[x][$(y)][`y`][${y:-z}]"),
                arguments("x \"\\`y\\`\" \\`", "[x][`y`][`]"),
                arguments("x '{print $1}'", "[x][{print $1}]"));
    }

    @ParameterizedTest
    @MethodSource
    void from_the_first_word_on_that_bash_would_change_nothing_is_known(String script, String expected) {
        assertThat(shown(script)).isEqualTo(expected);
    }

    static Stream<Arguments> from_the_first_word_on_that_bash_would_change_nothing_is_known() {
        return Stream.of(
                arguments("x a $b c", "[x][a]($b)(c)"),
                arguments("x \"$b\"", "[x]($b)"),
                arguments("x a${b}c", "[x](a${b}c)"),
                arguments("x $?", "[x]($?)"),
                arguments("x \"exit: $?\"", "[x](exit: $?)"),
                arguments("x *.java", "[x](*.java)"),
                arguments("x a?", "[x](a?)"),
                arguments("x [a]", "[x]([a])"),
                arguments("x ~/a", "[x](~/a)"),
                arguments("x a=~/b", "[x](a=~/b)"),
                arguments("x =y", "[x](=y)"),
                arguments("x src/{main,test}", "[x](src/{main,test})"),
                arguments("x {} \\;", "[x]({})(;)"),
                arguments("x @{u}..HEAD", "[x](@{u}..HEAD)"),
                arguments("x $a >f | y", "[x]($a)>f |[y]"),
                arguments("x '*' \"?\" \\[a] '~' \"{a,b}\"", "[x][*][?][[a]][~][{a,b}]"),
                arguments("x HEAD~1 a=b a]", "[x][HEAD~1][a=b][a]]"));
    }
}
