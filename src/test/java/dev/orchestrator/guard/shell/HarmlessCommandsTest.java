package dev.orchestrator.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessCommandsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "false",
                "pwd",
                "pwd -P",
                "echo",
                "echo -e 'a\\tb' \"c\"",
                "echo done > f",
                "echo $?",
                "echo \"exit=$?\"",
                "echo exit $? 1",
                "echo '$HOME *'",
            })
    void what_only_prints_what_it_is_told_is_harmless(String script) {
        assertThat(HarmlessCommands.isHarmless(Scripts.only(script))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "head",
                "head -20",
                "head -n 20",
                "head -n -5",
                "head -n20",
                "head -c 100",
                "head --lines=20",
                "head -q -n 3",
                "tail",
                "tail -n +5",
                "tail -c +5",
                "tail -40",
                "wc",
                "wc -l",
                "wc -lw",
                "wc --lines",
                "cat",
                "cat -n",
                "cat -A",
                "cat --number",
            })
    void filters_are_harmless_when_they_are_fed(String filter) {
        assertThat(harmless("mvn test | " + filter)).isTrue();
        assertThat(harmless("mvn test |& " + filter)).isTrue();
        assertThat(harmless("mvn test ; " + filter)).isFalse();
        assertThat(harmless("mvn test | true && " + filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "head f",
                "head -n 20 f",
                "head -n",
                "head -n f",
                "head -n x20",
                "head -n 20 -- f",
                "head -",
                "head --",
                "head $X",
                "head -n $X",
                "head *",
                "head -99999999999",
                "tail -f",
                "tail -F",
                "tail -fn 5",
                "tail -5f",
                "tail --follow",
                "tail --pid=1",
                "tail --retry",
                "tail +5",
                "wc --files0-from=f",
                "wc --files0-from f",
                "wc -l f",
                "wc -n 5",
                "cat f",
                "cat -",
                "cat -n f",
                "cat -n 5",
                "./cat",
                "/bin/cat",
                "grep x",
                "sort -o f",
                "tee",
                "xargs",
                "sh",
                "less",
            })
    void filters_with_anything_else_are_not(String filter) {
        assertThat(harmless("mvn test | " + filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn",
                "cd",
                "cd x",
                "/bin/true",
                "./echo",
                "Echo a",
                "printf -v a b",
                "test -f x",
                "exec",
                "exit",
                "true $X",
                "pwd *",
                "echo $HOME",
                "echo \"$TOKEN\"",
                "echo $?$TOKEN",
                "echo *",
                "echo a?",
                "echo [a]",
                "echo ~root",
                "echo a=~",
                "echo $? *",
                "echo $? ?",
                "echo =ls",
                "echo {a,b}",
            })
    void everything_else_needs_a_rule(String script) {
        assertThat(HarmlessCommands.isHarmless(Scripts.only(script))).isFalse();
    }

    private static boolean harmless(String script) {
        List<SimpleCommand> commands = Scripts.commands(script);
        return HarmlessCommands.isHarmless(commands.get(commands.size() - 1));
    }
}
