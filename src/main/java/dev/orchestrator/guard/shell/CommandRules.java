package dev.orchestrator.guard.shell;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that a task may run: its {@code Bash(...)} rules. One rule must grant a command by all of its words; the
 * program's name is compared as it is, so {@code mvn} is neither {@code ./mvn} nor {@code timeout 9 mvn}.
 */
public final class CommandRules {
    private static final Pattern RULE = Pattern.compile("(?s)Bash\\((.*)\\)");

    private final List<CommandPattern> patterns;

    private CommandRules(List<CommandPattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * @param rules permission rules of a task. Those that are not {@code Bash(...)} are ignored; so are those that name no
     *     program, such as {@code Bash} and {@code Bash(*)}, and those that cannot be understood: they grant nothing
     */
    public static CommandRules of(List<String> rules) {
        return new CommandRules(rules.stream()
                .map(RULE::matcher)
                .filter(Matcher::matches)
                .map(rule -> CommandPattern.of(rule.group(1).strip()))
                .flatMap(Optional::stream)
                .toList());
    }

    /** True when a rule grants this command by its words. Its redirections are not looked at. */
    public boolean grants(SimpleCommand command) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(command));
    }

    /** Of the rules that grant anything, what stands between their parentheses; for messages. */
    public List<String> patterns() {
        return patterns.stream().map(CommandPattern::text).toList();
    }
}
