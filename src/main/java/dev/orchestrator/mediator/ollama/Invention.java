package dev.orchestrator.mediator.ollama;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a model made up from what it took out of the text that it was given. Pure. The patterns give nothing back once it is
 * matched, so that no text takes long or fills the stack.
 */
final class Invention {
    /** Words are alike when so many of their first letters are: {@code fixes} and {@code fix} are not told apart by rules. */
    private static final int STEM = 4;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}");
    /** What looks like a file or a name in code: it has a dot, a slash or an underscore between letters. */
    private static final Pattern NAME =
            Pattern.compile("(?<![\\p{L}\\p{N}_-])[\\p{L}\\p{N}_-]++(?:[/.\\\\][\\p{L}\\p{N}_-]++)++"
                    + "|(?<![\\p{L}\\p{N}_])[\\p{L}\\p{N}]++(?:_[\\p{L}\\p{N}]++)++");
    /** With a unit behind it or without; one behind letters is part of a name. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}])[0-9]++(?:[.,][0-9]++)*+");

    private Invention() {}

    /**
     * True when {@code name} stands in {@code source} by itself, not as a part of a longer one; also behind {@code ./}. What has no
     * letter and no number in it is no name.
     */
    static boolean isNamed(String name, String source) {
        if (name.codePoints().noneMatch(Character::isLetterOrDigit)) {
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
        Set<String> known = new HashSet<>(stems(source));
        return (double) words.stream().filter(known::contains).count() / words.size();
    }

    /** The first file, name in code or number in {@code text} that is nowhere in {@code source}; null when there is none. */
    static @Nullable String fact(String text, String source) {
        return Stream.of(NAME, NUMBER)
                .flatMap(pattern -> unknown(pattern, text, source))
                .findFirst()
                .orElse(null);
    }

    private static Stream<String> unknown(Pattern pattern, String text, String source) {
        Set<String> known =
                pattern.matcher(source).results().map(MatchResult::group).collect(Collectors.toSet());
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(found -> !known.contains(found) && !isPart(found, source));
    }

    /** True for the end of a path, a directory of it, and a number in a version's name; 12 is no part of 120, nor of 0.12. */
    private static boolean isPart(String found, String source) {
        boolean number = NUMBER.matcher(found).matches();
        for (int at = source.indexOf(found); at >= 0; at = source.indexOf(found, at + 1)) {
            int end = at + found.length();
            if (number ? isWholeNumber(source, at, end) : isWholeName(source, at, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWholeNumber(String source, int at, int end) {
        return !isDigit(source, at - 1)
                && !isDigit(source, end)
                && !(isPoint(source, at - 1) && isDigit(source, at - 2))
                && !(isPoint(source, end) && isDigit(source, end + 1));
    }

    private static boolean isWholeName(String source, int at, int end) {
        return !isOfWord(source, at - 1)
                && !isOfWord(source, end)
                && !(end < source.length() && source.charAt(end) == '.' && isOfWord(source, end + 1));
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean isPoint(String text, int at) {
        return at >= 0 && at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
    }

    private static boolean isOfWord(String text, int at) {
        return at >= 0
                && at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '-');
    }

    private static List<String> stems(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .map(word -> word.substring(0, Math.min(STEM, word.length())))
                .toList();
    }
}
