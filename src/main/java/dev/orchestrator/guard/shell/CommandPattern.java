package dev.orchestrator.guard.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a {@code Bash(...)} rule:
 *
 * <pre>
 * npm test          these words, no more
 * mvn *             mvn, alone or with any words behind it
 * npm run test:*    the older way to write "npm run test *"; so neither test2 nor test:unit
 * git * main        any characters in between, over several words too
 * </pre>
 *
 * <p>It is read as a command line is, quotes included; what is not plain in one is not plain here. The program's name has no
 * wildcard. {@code \*} would be an asterisk to who wrote it and a wildcard to us, so a rule with it grants nothing.
 *
 * <p>Words are compared as one text in which each ends with a character that no word contains, so that a space within an
 * argument does not make two of it.
 */
final class CommandPattern {
    private static final String END_OF_WORD = "\0";

    private final String text;
    /** Between the wildcards; they must occur in this order. */
    private final List<String> parts;

    private CommandPattern(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
    }

    static Optional<CommandPattern> of(String text) {
        if (text.contains("\\*")) {
            return Optional.empty();
        }
        String modern = text.endsWith(":*") ? text.substring(0, text.length() - 2) + " *" : text;
        return words(modern).map(words -> new CommandPattern(text, parts(words)));
    }

    /** Empty when it is not exactly one command. A name with a wildcard in it never is one. */
    private static Optional<List<String>> words(String text) {
        return ShellScript.parse(text) instanceof ShellScript.Commands script
                        && script.commands().size() == 1
                        && script.commands().get(0).redirections().isEmpty()
                ? Optional.of(script.commands().get(0).words())
                : Optional.empty();
    }

    private static List<String> parts(List<String> words) {
        int last = words.size() - 1;
        String whole = words.get(last).equals("*") ? joined(words.subList(0, last)) + "*" : joined(words);
        return Arrays.asList(whole.split("\\*", -1));
    }

    String text() {
        return text;
    }

    /**
     * Of a command that is not known to its end the beginning decides, provided that anything may follow it: what bash makes
     * of the rest is only ever further words.
     */
    boolean matches(SimpleCommand command) {
        return command.words().stream().noneMatch(word -> word.contains(END_OF_WORD))
                && (command.isKnown() || isOpen())
                && matches(joined(command.knownWords()));
    }

    private boolean isOpen() {
        return parts.size() > 1 && parts.get(parts.size() - 1).isEmpty();
    }

    /** Takes each part where it first occurs, which leaves the most for the others; so no try is ever undone. */
    private boolean matches(String words) {
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return words.equals(first);
        }
        int end = words.length() - last.length();
        int at = first.length();
        if (at > end || !words.startsWith(first) || !words.endsWith(last)) {
            return false;
        }
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = words.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    private static String joined(List<String> words) {
        return String.join(END_OF_WORD, words) + END_OF_WORD;
    }
}
