package dev.orchestrator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Command lines in one text: words with blanks between, and quotes of either kind around what has blanks in it. Quotes only
 * delimit; a backslash is a backslash. Nothing else means anything, for there is no shell:
 *
 * <pre>
 * codex exec --sandbox danger-full-access -
 * sh -c 'llm -m gpt-5 | tee answer.txt'
 * "C:\Program Files\agent\agent.exe" --print
 * </pre>
 */
final class CommandLines {
    /** Whoever writes one of these as a word of its own means what only a shell does. */
    private static final Set<String> OF_A_SHELL = Set.of("|", "||", "&", "&&", ";", "<", ">", ">>", "2>", "2>&1");

    private CommandLines() {}

    /** @throws IllegalArgumentException whose message follows the text */
    static List<String> parse(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                require(end >= 0, "has a " + c + " that is not closed");
                word.append(text, at + 1, end);
                quoted = true;
                at = end;
            } else if (Character.isWhitespace(c)) {
                add(words, word, quoted);
                quoted = false;
            } else {
                word.append(c);
            }
        }
        add(words, word, quoted);
        require(words.isEmpty() || !words.get(0).isEmpty(), "names no program");
        return List.copyOf(words);
    }

    private static void add(List<String> words, StringBuilder word, boolean quoted) {
        if (!quoted && word.isEmpty()) {
            return;
        }
        String whole = word.toString();
        word.setLength(0);
        require(quoted || !OF_A_SHELL.contains(whole), "has " + whole + ", which only a shell understands");
        require(whole.chars().noneMatch(CommandLines::isForbidden), "holds a control character");
        words.add(whole);
    }

    /** A script behind {@code sh -c} may have several lines. */
    private static boolean isForbidden(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    /** The inverse of {@link #parse}. */
    static String print(List<String> words) {
        return words.stream().map(CommandLines::printed).collect(Collectors.joining(" "));
    }

    private static String printed(String word) {
        boolean plain = !word.isEmpty()
                && !OF_A_SHELL.contains(word)
                && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '\'' || c == '"');
        return plain ? word : "'" + word.replace("'", "'\"'\"'") + "'";
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
