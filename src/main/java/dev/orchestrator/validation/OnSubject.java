package dev.orchestrator.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What the agent said last speaks of the task, and is not the task itself. An answer may well share no word with its question,
 * so this is a warning, and given only where nothing speaks for the answer: it is long enough, of the same language, names no
 * file of the project, and the task says itself what it is about.
 */
final class OnSubject implements Validator {
    /** Chosen on {@code validation/corpus/calibration.yaml}. */
    private static final double NOTHING_IN_COMMON = 0.02;

    private static final int ENOUGH_OF_TASK = 4;
    private static final int ENOUGH_OF_ANSWER = 14;

    private static final double NEARLY_EQUAL = 0.85;
    private static final int ENOUGH_TO_ECHO = 6;
    private static final int ENOUGH_TO_BE_THE_SAME = 12;
    private static final int LONGEST_ECHO = 4_000;
    private static final Set<String> POLITE = Set.of(
            "sure", "ok", "okay", "task", "the", "here", "is", "your", "request", "of", "course", "title", "prompt");
    private static final String OUR_RULES = "nobody is there to answer questions or to grant permissions";

    @Override
    public String name() {
        return "relevance";
    }

    @Override
    public Finding check(Evidence evidence) {
        Asked asked = evidence.asked();
        if (!asked.isKnown() || evidence.result().isBlank()) {
            return Finding.skipped("there is no answer to compare with the task");
        }
        return echo(evidence)
                .or(() -> elsewhere(evidence))
                .orElseGet(() -> Finding.pass("nothing says that it is about something else"));
    }

    private static Optional<Finding> echo(Evidence evidence) {
        Asked asked = evidence.asked();
        String answer = evidence.result();
        if (answer.length() < LONGEST_ECHO && answer.toLowerCase(Locale.ROOT).contains(OUR_RULES)) {
            return Optional.of(Finding.warning("it says again what the agent was told"));
        }
        boolean echo = Stream.of(asked.instructions(), asked.title() + "\n" + asked.instructions())
                .anyMatch(said -> isEcho(answer, said));
        return echo ? Optional.of(asItStands(evidence)) : Optional.empty();
    }

    private static Finding asItStands(Evidence evidence) {
        boolean same =
                Words.of(evidence.result()).equals(Words.of(evidence.asked().instructions()));
        String detail = "it is the task once more";
        return same && evidence.changed().isEmpty() ? Finding.error(detail) : Finding.warning(detail);
    }

    /** No word of its own, and in the same order: a question may be answered with its own words in another. */
    private static boolean isEcho(String answer, String said) {
        if (answer.length() > LONGEST_ECHO || said.length() > LONGEST_ECHO) {
            return false;
        }
        // Some languages put nothing between their words.
        if (answer.strip().equals(said.strip()) && answer.strip().length() >= ENOUGH_TO_BE_THE_SAME) {
            return true;
        }
        List<String> words = Words.of(answer);
        Set<String> known = new HashSet<>(Words.of(said));
        if (words.size() < ENOUGH_TO_ECHO
                || !words.stream().allMatch(word -> known.contains(word) || POLITE.contains(word))) {
            return false;
        }
        String one = String.join(" ", words.stream().filter(known::contains).toList());
        String other = String.join(" ", Words.of(said));
        int most = Math.max(one.length(), other.length());
        int distance = new LevenshteinDistance((int) (most * (1 - NEARLY_EQUAL))).apply(one, other);
        return distance >= 0;
    }

    private static Optional<Finding> elsewhere(Evidence evidence) {
        Asked asked = evidence.asked();
        String answer = Prose.capped(evidence.result());
        Map<CharSequence, Integer> task = Words.content(asked.whole());
        Map<CharSequence, Integer> words = Words.content(Prose.of(answer).text());
        boolean comparable = task.size() >= ENOUGH_OF_TASK
                && words.size() >= ENOUGH_OF_ANSWER
                && !asked.namesFile()
                && !Prose.of(answer).hasCode()
                && !namesFile(answer, evidence)
                && isSameLanguage(asked.whole(), answer);
        return comparable && Words.similarity(task, words) < NOTHING_IN_COMMON
                ? Optional.of(Finding.warning("it has hardly a word in common with the task"))
                : Optional.empty();
    }

    private static boolean namesFile(String answer, Evidence evidence) {
        return Stream.concat(evidence.changed().stream(), evidence.present().stream())
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .anyMatch(name -> name.length() > 3 && answer.contains(name));
    }

    private static boolean isSameLanguage(String one, String other) {
        Optional<Language> language = Language.of(one);
        return language.isPresent() && language.equals(Language.of(other));
    }
}
