package dev.orchestrator.validation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How much a text says: Shannon's entropy, which falls when the same comes again and again. Pure. */
final class Entropy {
    private Entropy() {}

    /** Bits a character, white space left out; prose has about four, and one character over and over none. */
    static double ofCharacters(String text) {
        return of(text.codePoints()
                .filter(point -> !Character.isWhitespace(point))
                .boxed()
                .toList());
    }

    /** From 0 (one word over and over) to 1 (no word comes twice), so that long texts and short ones can be compared. */
    static double ofWords(List<String> words) {
        return words.size() < 2 ? 1 : of(words) / log2(words.size());
    }

    private static <T> double of(List<T> parts) {
        Map<T, Long> counts = parts.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.values().stream()
                .mapToDouble(count -> (double) count / parts.size())
                .map(share -> -share * log2(share))
                .sum();
    }

    private static double log2(double number) {
        return Math.log(number) / Math.log(2);
    }
}
