package dev.orchestrator.validation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.CosineSimilarity;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Words of texts, and how much two texts have in common by them. Pure. */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\u2019]\\p{L}+)?");
    private static final Pattern HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final int SHORTEST = 3;
    /** More words than that say no more of a subject, and each is compared with each. */
    private static final int MOST = 600;
    /** From here on two words are forms of one: fix and fixes, connection and connections. */
    private static final double SAME_WORD = 0.9;

    private static final JaroWinklerSimilarity ALIKE = new JaroWinklerSimilarity();
    private static final CosineSimilarity COSINE = new CosineSimilarity();

    private Words() {}

    /** All of them as they stand, in lower case. */
    static List<String> of(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** How often each word stands in {@code text} that has to do with a subject; names in code are taken apart. */
    static Map<CharSequence, Integer> content(String text) {
        Map<CharSequence, Integer> counts = new LinkedHashMap<>();
        for (String word : of(HUMP.matcher(text).replaceAll(" "))) {
            boolean content =
                    word.length() >= SHORTEST && !Character.isDigit(word.charAt(0)) && !Language.isEmpty(word);
            if (content && (counts.size() < MOST || counts.containsKey(word))) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** From 0, nothing in common, to 1; forms of the same word count as the same. */
    static double similarity(Map<CharSequence, Integer> one, Map<CharSequence, Integer> other) {
        Map<CharSequence, Integer> alike = new LinkedHashMap<>();
        other.forEach((word, count) -> alike.merge(formIn(one, word), count, Integer::sum));
        return COSINE.cosineSimilarity(one, alike);
    }

    private static CharSequence formIn(Map<CharSequence, Integer> known, CharSequence word) {
        return known.containsKey(word)
                ? word
                : known.keySet().stream()
                        .filter(candidate -> ALIKE.apply(candidate, word) >= SAME_WORD)
                        .findFirst()
                        .orElse(word);
    }
}
