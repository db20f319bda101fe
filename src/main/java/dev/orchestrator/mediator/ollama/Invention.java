package dev.orchestrator.mediator.ollama;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what a model made up from what it took out of the text that it was given. Pure. */
final class Invention {
    /** Words are alike when so many of their first letters are: {@code fixes} and {@code fix} are not told apart by rules. */
    private static final int STEM = 4;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}");
    /** What looks like a file or a name in code: it has a dot, a slash or an underscore between letters. */
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}_-](?:[/.\\\\][\\p{L}\\p{N}_-]+)+"
                    + "|[\\p{L}\\p{N}]+(?:_[\\p{L}\\p{N}]+)+");

    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}])[0-9]+(?:[.,][0-9]+)*(?![\\p{L}\\p{N}])");

    private Invention() {}

    /** True when {@code name} stands in {@code source} by itself, not as a part of a longer one; also behind {@code ./}. */
    static boolean isNamed(String name, String source) {
        if (name.isBlank()) {
            return false;
        }
        String edge = "[\\p{L}\\p{N}_/\\\\-]";
        return Pattern.compile("(?:(?<!" + edge + ")|(?<=(?<!" + edge + ")\\./))" + Pattern.quote(name) + "(?!" + edge
                        + "|\\.[\\p{L}\\p{N}])")
                .matcher(source)
                .find();
    }

    /** How many of the words of {@code text} are in {@code source}, from 0 to 1; 0 when it has no words. */
    static double taken(String text, String source) {
        List<String> words = stems(text);
        if (words.isEmpty()) {
            return 0;
        }
        List<String> known = stems(source);
        return (double) words.stream().filter(known::contains).count() / words.size();
    }

    /** The first file, name in code or number in {@code text} that is nowhere in {@code source}; null when there is none. */
    static @Nullable String fact(String text, String source) {
        return Stream.of(NAME, NUMBER)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(MatchResult::group)
                .filter(found -> !source.contains(found))
                .findFirst()
                .orElse(null);
    }

    private static List<String> stems(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .map(word -> word.substring(0, Math.min(STEM, word.length())))
                .toList();
    }
}
