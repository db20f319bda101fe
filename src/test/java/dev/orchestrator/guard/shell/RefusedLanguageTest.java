package dev.orchestrator.guard.shell;

import static dev.orchestrator.guard.shell.Scripts.assertUnsure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line may not contain, for it would mean more than it says. */
class RefusedLanguageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x $(y)",
                "x \"$(y)\"",
                "x a\"b$(y)\"c",
                "x `y`",
                "x \"`y`\"",
                "x <(y)",
                "x >(y)",
                "x < <(y)",
                "x $((1+1))",
                "x \"$((1+1))\"",
                "x $[1+1]",
                "x $'a'",
                "x $\"a\"",
                "x $\\\n(y)",
                "x \"$\\\n(y)\"",
                "x $\\\n'a'",
                "x $\\(y\\)",
            })
    void what_runs_something_inside_of_something_is_refused(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x ${a:-$(y)}",
                "x ${a:-b}",
                "x ${a}[1]",
                "x $a[1]",
                "x \"$a['$b']\"",
                "x $?[1]",
                "x ${!a}",
                "x ${#a}",
                "x ${a",
                "x ${?}",
                "x ${",
                "x $1",
                "x $@",
                "x \"$*\"",
                "x $!",
                "x $$",
                "x $-",
                "x a$.b",
                "x \"$",
            })
    void a_dollar_sign_with_more_than_a_name_is_refused(String script) {
        assertUnsure(script);
    }

    /** Bash multiplies the word first and then looks for what is special in it; the first two run {@code id}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x {$,y}['$(id)']",
                "x {Z..a}id{Z..a}",
                "x {a..z}",
                "x {1..9}",
                "x {a,$b}",
                "x {a,\"b\"}",
                "x {a,\\b}",
                "x 'a'{b,c}",
                "x ${a}{b,c}",
                "x @{u}..@{v}",
                "x }",
                "x a}",
            })
    void braces_with_something_else_than_a_plain_list_are_refused(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$x",
                "$x mvn",
                "\"$x\" mvn",
                "m$x",
                "m*n test",
                "m?n",
                "[ -f a ]",
                "[[ -f a ]]",
                "~/bin/x",
                "{a,b}",
                "{ a; }",
                "a; }",
                "'' mvn",
                "\"a b\"",
                "a\\;b",
                "! a",
                "!a",
                ": a",
                "größe",
                "'m*n' test",
                "=mvn",
                "- mvn",
            })
    void a_program_is_named_plainly(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH=/evil mvn test",
                "a=b",
                "a=$(y) mvn",
                "a+=b mvn",
                "a[0]=b mvn",
                "a= mvn",
                "a='b c' d=e mvn",
                ">f a=b mvn",
                "mvn && a=b mvn",
                "a=(b c)",
            })
    void an_assignment_in_front_is_refused(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a)",
                "a; (b)",
                "a (b)",
                "a b(c)",
                "f() { a; }",
                "f () { a; }",
                "function f { a; }",
                "if a; then b; fi",
                "for x in a b; do c; done",
                "for ((;;)); do a; done",
                "while a; do b; done",
                "until a; do b; done",
                "select x in a; do b; done",
                "case a in a) b;; esac",
                "time mvn test",
                "coproc mvn test",
                "a && then",
                "a | time b",
                "((1+1))",
                "x +(a|b)",
            })
    void what_is_put_together_from_commands_is_refused(String script) {
        assertUnsure(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a <<E\nb\nE",
                "a <<-E\nb\nE",
                "a << 'E'\n$(b)\nE",
                "a <<<b",
                "a 3<<E\nE",
                "a # b",
                "# a",
                "a;#b",
                "a >#b",
                "a \\\n#b",
                "a # it's\nb",
            })
    void here_documents_and_comments_are_refused(String script) {
        assertUnsure(script);
    }
}
