package dev.orchestrator.guard.shell;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Commands that need no rule, since they can neither read nor change a file nor start anything: {@code true false pwd echo},
 * and behind a pipe the filters {@code cat head tail wc} with nothing but options known to be harmless. Redirections are not
 * looked at.
 */
public final class HarmlessCommands {
    private static final Pattern COUNTING =
            Pattern.compile("-[0-9]{1,9}|-[nc][+-]?[0-9]{1,9}|--(lines|bytes)=[+-]?[0-9]{1,9}|-[qvz]"
                    + "|--(quiet|silent|verbose|zero-terminated)");

    private static final Map<String, Pattern> FILTERS = Map.of(
            "cat",
            Pattern.compile("-[AbeEnstTuv]+|--(show-all|number-nonblank|show-ends|number|squeeze-blank|show-tabs"
                    + "|show-nonprinting)"),
            "head",
            COUNTING,
            "tail",
            COUNTING,
            "wc",
            Pattern.compile("-[clmwL]+|--(bytes|chars|lines|words|max-line-length)"));

    /** May stand apart from its option; for {@code head} and {@code tail}. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,9}");

    private HarmlessCommands() {}

    public static boolean isHarmless(SimpleCommand command) {
        String name = command.words().get(0);
        return switch (name) {
            case "true", "false", "pwd" -> command.isKnown();
            case "echo" -> isTold(command);
            default -> command.fed() && command.isKnown() && isFilter(name, arguments(command));
        };
    }

    /**
     * Patterns for file names would list directories, variables may hold secrets. The exit code ({@code $?}) is neither, and
     * agents ask for it all the time.
     */
    private static boolean isTold(SimpleCommand command) {
        return command.words().subList(command.known(), command.words().size()).stream()
                .map(word -> word.replace("$?", ""))
                .allMatch(word -> !word.startsWith("=") && word.chars().noneMatch(c -> "$*?[{~".indexOf(c) >= 0));
    }

    private static boolean isFilter(String name, List<String> arguments) {
        Pattern options = FILTERS.get(name);
        if (options == null) {
            return false;
        }
        for (int at = 0; at < arguments.size(); at++) {
            if (isApart(options, arguments, at)) {
                at++;
            } else if (!options.matcher(arguments.get(at)).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isApart(Pattern options, List<String> arguments, int at) {
        return options == COUNTING
                && (arguments.get(at).equals("-n") || arguments.get(at).equals("-c"))
                && at + 1 < arguments.size()
                && NUMBER.matcher(arguments.get(at + 1)).matches();
    }

    private static List<String> arguments(SimpleCommand command) {
        return command.words().subList(1, command.words().size());
    }
}
