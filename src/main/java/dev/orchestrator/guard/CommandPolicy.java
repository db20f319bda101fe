package dev.orchestrator.guard;

import dev.orchestrator.guard.Refusal.Kind;
import dev.orchestrator.guard.shell.CommandRules;
import dev.orchestrator.guard.shell.HarmlessCommands;
import dev.orchestrator.guard.shell.Redirection;
import dev.orchestrator.guard.shell.ShellScript;
import dev.orchestrator.guard.shell.SimpleCommand;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a task may run a command line: when it is understood, and each command in it is granted by a rule of the task or
 * harmless, and no redirection leads out of bounds. What a granted command then does is not bound by this; only a sandbox
 * binds it.
 */
final class CommandPolicy {
    private static final String NULL_DEVICE = "/dev/null";

    private static final int MOST_STARTS = 16;

    private final CommandRules rules;
    private final PathPolicy paths;

    CommandPolicy(List<String> rules, PathPolicy paths) {
        this.rules = CommandRules.of(rules);
        this.paths = paths;
    }

    boolean grantAny() {
        return !rules.patterns().isEmpty();
    }

    Decision decide(ToolUse use) {
        String line = use.input("command").orElse("");
        if (!grantAny()) {
            return refused("this task may run no commands", line);
        }
        ShellScript script = ShellScript.parse(line);
        if (script instanceof ShellScript.Unsure unsure) {
            return refused("the command is not understood and therefore not run: " + unsure.why(), line);
        }
        // Behind a `cd` that may have failed, or was in a subshell, a relative path may start in either place.
        Set<Path> starts = new LinkedHashSet<>(Set.of(use.cwd()));
        for (SimpleCommand command : ((ShellScript.Commands) script).commands()) {
            for (Path start : starts) {
                Optional<Refusal> refusal = refusal(command, line, start);
                if (refusal.isPresent()) {
                    return new Decision.Refused(refusal.get());
                }
            }
            if (isChangeOfDirectory(command)) {
                String into = command.words().get(1);
                starts.addAll(starts.stream().map(start -> start.resolve(into)).toList());
            }
            if (starts.size() > MOST_STARTS) {
                return refused("the command changes the directory too often to be followed", line);
            }
        }
        return new Decision.Granted();
    }

    private Optional<Refusal> refusal(SimpleCommand command, String line, Path cwd) {
        for (Redirection redirection : command.redirections()) {
            Optional<Refusal> refusal = redirected(redirection, cwd);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        if (isChangeOfDirectory(command)) {
            return paths.reading(command.words().get(1), cwd, null);
        }
        return rules.grants(command) || HarmlessCommands.isHarmless(command)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Kind.COMMAND,
                        "`" + String.join(" ", command.words()) + "` is not among the commands that this task may run: "
                                + String.join(", ", rules.patterns()),
                        line,
                        null));
    }

    private Optional<Refusal> redirected(Redirection redirection, Path cwd) {
        if (redirection.target().equals(NULL_DEVICE)) {
            return Optional.empty();
        }
        return redirection.writes()
                ? paths.changing(redirection.target(), cwd)
                : paths.reading(redirection.target(), cwd, null);
    }

    /** {@code cd -} and {@code cd} alone lead where the line does not say. */
    private static boolean isChangeOfDirectory(SimpleCommand command) {
        List<String> words = command.words();
        return words.size() == 2
                && command.isKnown()
                && "cd".equals(words.get(0))
                && !words.get(1).isEmpty()
                && !words.get(1).startsWith("-");
    }

    private static Decision refused(String reason, String line) {
        return new Decision.Refused(new Refusal(Kind.COMMAND, reason, line, null));
    }
}
