package dev.orchestrator.agent.claude;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the power out of two things the program reads in a prompt before any rule or hook is asked (executed with version
 * 2.1.330): {@code @path} at the start of a word pulls that file into the prompt, wherever it lies, and a prompt that
 * begins with a slash is a command of the program's own.
 */
final class PromptText {
    /**
     * An at sign that does not stand inside a word, and what follows it. The program looks for one behind white space of any
     * kind (also the non-breaking and the ideographic space, the byte order mark) and behind some East Asian punctuation;
     * a next version may look behind more, so only letters, digits and the underscore are known to protect one.
     */
    private static final Pattern MENTION = Pattern.compile("(?<![\\p{L}\\p{N}_])@(?=([^\\s\\p{Z}\\uFEFF\\u0085]+))");
    /** Might name something outside of the working directory, in whatever way the program reads it. */
    private static final Pattern LEADS_ELSEWHERE = Pattern.compile("[/\\\\~\"'.$%].*|.*(\\.\\.|:).*", Pattern.DOTALL);

    private static final Pattern END_OF_NAME = Pattern.compile("[^\\p{L}\\p{N}_]");

    private PromptText() {}

    /** The same text, safe to hand over. An at sign gets a backslash when the program might follow it. */
    static String harmless(String prompt, Path workingDirectory) {
        String mentions = MENTION.matcher(prompt)
                .replaceAll(match -> Matcher.quoteReplacement(
                        mightBeFollowed(match.group(1), workingDirectory) ? "\\" + match.group() : match.group()));
        return mentions.startsWith("/") ? "\n" + mentions : mentions;
    }

    /** Words like {@code @Override} stay as they are, since nothing of that name lies in the working directory. */
    private static boolean mightBeFollowed(String word, Path workingDirectory) {
        if (LEADS_ELSEWHERE.matcher(word).matches()) {
            return true;
        }
        // Where the program takes the name to end is its own affair, so each part that could be one counts.
        Matcher ends = END_OF_NAME.matcher(word);
        while (ends.find()) {
            if (exists(workingDirectory, word.substring(0, ends.start()))) {
                return true;
            }
        }
        return exists(workingDirectory, word);
    }

    private static boolean exists(Path workingDirectory, String name) {
        try {
            return !name.isEmpty() && Files.exists(workingDirectory.resolve(name), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return true;
        }
    }
}
