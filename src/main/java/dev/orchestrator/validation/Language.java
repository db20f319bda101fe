package dev.orchestrator.validation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells some languages by the small words that every sentence has. Only texts of the same language can be compared by their
 * words; of a language that is not known nothing is said. Pure.
 *
 * @param small words that nearly every sentence has
 */
record Language(String name, Set<String> small) {
    private static final List<Language> KNOWN = List.of(
            new Language(
                    "english",
                    "the and of to is in that it for on with as are was this be by an or from not which at but when has have had his"
                            + " you its they their does why what how where who all can if into out up than then there were will would"),
            new Language(
                    "german",
                    "der die das und ist nicht ein eine einen zu den dem des mit von auf für wird werden im auch sich bei aus nach wie"
                            + " warum was oder keine kein mehr sind als am hat unter ich wenn dass noch"),
            new Language(
                    "french",
                    "le la les et est un une des du dans pour que qui ne pas sur avec ce cette sont par au aux plus je il elle pourquoi"
                            + " comment deux où ou nous vous"),
            new Language(
                    "spanish",
                    "el la los las y es un una de del que en por para con no se su al como más qué lo esta este hay son antes después"
                            + " un poco"),
            new Language(
                    "italian",
                    "il la lo gli le e è un una di del della che in per con non si come più alla sono questo dove ed dei"),
            new Language(
                    "portuguese",
                    "o a os as e é um uma de do da que em por para com não se ao como mais há ou dos das no na"));

    /** Enough of a text to be sure: in prose about every second or third word is such a one. */
    private static final double SHARE = 0.2;

    /** What a task is to have done, which says nothing of what it is about. */
    private static final Set<String> ERRANDS =
            words("explain find summarise summarize review analyse analyze describe list"
                    + " tell show give write add fix make check look into report reason cause please file files code change changes"
                    + " some any one two each every other others much many new old missing wrong between after before during under"
                    + " about need needs should could must may might also only just very even still"
                    + " erkläre finde beschreibe prüfe untersuche explica analiza résume explique analyse");

    private static final Set<String> ALL_SMALL =
            KNOWN.stream().flatMap(language -> language.small().stream()).collect(Collectors.toUnmodifiableSet());

    Language(String name, String small) {
        this(name, words(small));
    }

    private static Set<String> words(String words) {
        return Arrays.stream(words.split(" ")).collect(Collectors.toUnmodifiableSet());
    }

    /** True when {@code word} has nothing to do with a subject. */
    static boolean isEmpty(String word) {
        return ALL_SMALL.contains(word) || ERRANDS.contains(word);
    }

    static Optional<Language> of(String text) {
        List<String> words = Words.of(text);
        return KNOWN.stream()
                .map(language -> Map.entry(language, language.in(words)))
                .filter(found -> found.getValue() >= SHARE * words.size() && found.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private long in(List<String> words) {
        return words.stream().filter(small::contains).count();
    }
}
