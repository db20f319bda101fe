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
    /** An at sign at the start of a word, and the word. */
    private static final Pattern MENTION = Pattern.compile("(?<=^|\\s)@(\\S+)");
    /** Might name something outside of the working directory, in whatever way the program reads it. */
    private static final Pattern LEADS_ELSEWHERE = Pattern.compile("[/\\\\~\"'.$%].*|.*(\\.\\.|:).*", Pattern.DOTALL);

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
        String first = word.split("[/\\\\#]", 2)[0];
        return exists(workingDirectory, first) || exists(workingDirectory, first.replaceAll("\\W+$", ""));
    }

    private static boolean exists(Path workingDirectory, String name) {
        try {
            return !name.isEmpty() && Files.exists(workingDirectory.resolve(name), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return true;
        }
    }
}
