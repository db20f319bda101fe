package dev.orchestrator.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines for tests. */
final class Scripts {
    private Scripts() {}

    static List<SimpleCommand> commands(String script) {
        ShellScript parsed = ShellScript.parse(script);
        assertThat(parsed).as(script).isInstanceOf(ShellScript.Commands.class);
        return ((ShellScript.Commands) parsed).commands();
    }

    static SimpleCommand only(String script) {
        assertThat(commands(script)).as(script).hasSize(1);
        return commands(script).get(0);
    }

    /** Also sees to it that the reason can be read out. */
    static void assertUnsure(String script) {
        ShellScript parsed = ShellScript.parse(script);

        assertThat(parsed).as(script).isInstanceOf(ShellScript.Unsure.class);
        assertThat(((ShellScript.Unsure) parsed).why()).matches("(it|a|the) [a-zA-Z0-9`'{}<>+(), .]+");
    }

    /**
     * {@code mvn 'a b' $X *.c | head >f} is {@code [mvn][a b]($X)(*.c) |[head]>f}: words that are known in brackets, others
     * in parentheses.
     */
    static String shown(String script) {
        return commands(script).stream().map(Scripts::shown).collect(Collectors.joining(" "));
    }

    private static String shown(SimpleCommand command) {
        StringBuilder text = new StringBuilder(command.fed() ? "|" : "");
        for (int at = 0; at < command.words().size(); at++) {
            String word = command.words().get(at);
            text.append(at < command.known() ? "[" + word + "]" : "(" + word + ")");
        }
        command.redirections()
                .forEach(file -> text.append(file.writes() ? ">" : "<").append(file.target()));
        return text.toString();
    }
}
