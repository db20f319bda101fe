package dev.orchestrator.guard.shell;

import java.util.List;

/**
 * A program with its arguments.
 *
 * @param words without their quotes; the first names the program and is always known
 * @param known how many words, counted from the first, the program gets exactly as they are here. What bash makes of the next
 *     one cannot be told: it has a variable, a pattern for file names, braces or a tilde in it, and may become any number of
 *     words, so nothing behind it is certain either. Such words are here as they were written, for messages
 * @param redirections files that the command opens, in the order of the text
 * @param fed whether it reads what the command before it in a pipeline prints
 */
public record SimpleCommand(List<String> words, int known, List<Redirection> redirections, boolean fed) {
    public SimpleCommand {
        words = List.copyOf(words);
        redirections = List.copyOf(redirections);
        if (known < 1 || known > words.size()) {
            throw new IllegalArgumentException("known is " + known + " of " + words.size());
        }
    }

    /** A command of which every word is known. */
    public SimpleCommand(List<String> words, List<Redirection> redirections, boolean fed) {
        this(words, words.size(), redirections, fed);
    }

    public boolean isKnown() {
        return known == words.size();
    }

    List<String> knownWords() {
        return words.subList(0, known);
    }
}
