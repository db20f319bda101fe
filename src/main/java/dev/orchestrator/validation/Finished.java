package dev.orchestrator.validation;

import dev.orchestrator.secret.Cut;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the agent said last is no promise, no refusal, and does not say that it gave up. Its words are believed when they speak
 * against itself, yet a report may tell of something that could not be done and be a good one; so they fail a turn only when
 * they are about the whole task, nearly all that was said, and nothing was changed.
 */
final class Finished implements Validator {
    private static final int SHORT = 400;
    private static final int LONGEST_QUOTE = 100;
    /** Where the task is about such words, or wants to hear what will be done, they prove nothing. */
    private static final Pattern ABOUT_PLANS = Pattern.compile("(?i)\\b(plans?|propos\\w+|approach|strategy|next steps?"
            + "|(will|would|do|did) you|you['\u2019]ll|how would|promise|introduce yourself)\\b");

    /** Where the answer is to be somebody's words, they may be these. */
    private static final Pattern ABOUT_WORDS = Pattern.compile(
            "(?iuU)\\b(refus\\w+|translat\\w+|\u00fcbersetz\\w+|tradu\\w+|apolog\\w+|declin\\w+|repeat|quote|acknowledge"
                    + "|(text|wording|message|reply|sentence)\\s+(of|for|to|in|that|when)|what\\b.{0,60}\\b(says?|answers?|replies|prints?)"
                    + "|(say|reply|respond|answer)\\s+(only\\s+)?(with|ok|okay|sure|great|understood))\\b");

    @Override
    public String name() {
        return "finished";
    }

    @Override
    public Finding check(Evidence evidence) {
        Prose prose = Prose.of(evidence.result());
        if (prose.sentences().isEmpty()) {
            return Finding.skipped("there are no sentences");
        }
        return gaveUp(prose, evidence)
                .or(() -> sorry(prose))
                .or(() -> promised(prose, evidence))
                .orElseGet(() -> Finding.pass("it does not say that anything was given up"));
    }

    private static Optional<Finding> gaveUp(Prose prose, Evidence evidence) {
        if (Phrases.givesUp(evidence.asked().whole())) {
            return Optional.empty();
        }
        return prose.ends().stream()
                .filter(Phrases::givesUp)
                .findFirst()
                .map(sentence ->
                        weighed("the agent says that it did not do the task: " + quote(sentence), prose, evidence));
    }

    private static Finding weighed(String detail, Prose prose, Evidence evidence) {
        String first = prose.sentences().get(0);
        boolean certain = Phrases.givesUp(first)
                && !Phrases.mayBeAnAnswer(first, evidence.asked().isQuestion())
                && !isAboutWords(evidence)
                && prose.isShorterThan(SHORT)
                && !prose.hasCode()
                && !Phrases.goesOn(prose.text())
                && evidence.changed().isEmpty()
                && evidence.claimed().isEmpty();
        return certain ? Finding.error(detail) : Finding.warning(detail);
    }

    private static Optional<Finding> sorry(Prose prose) {
        return prose.sentences().stream().allMatch(Phrases::isApology)
                ? Optional.of(Finding.warning("the agent only says that it is sorry"))
                : Optional.empty();
    }

    /** Of something that was changed there is more than a promise. */
    private static Optional<Finding> promised(Prose prose, Evidence evidence) {
        List<String> sentences = prose.sentences();
        String last = sentences.get(sentences.size() - 1);
        if (!evidence.changed().isEmpty()
                || prose.hasCode()
                || !prose.isShorterThan(SHORT)
                || !Phrases.isPromise(last)
                || ABOUT_PLANS.matcher(evidence.asked().whole()).find()) {
            return Optional.empty();
        }
        String detail = "the agent only says what it is going to do: " + quote(last);
        boolean certain = evidence.readOnly()
                && evidence.asked().isKnown()
                && !isAboutWords(evidence)
                && !(sentences.size() == 1
                        && Phrases.isOneWord(last)
                        && evidence.asked().isQuestion())
                && sentences.stream().allMatch(Phrases::isPromiseToLook);
        return Optional.of(certain ? Finding.error(detail) : Finding.warning(detail));
    }

    private static boolean isAboutWords(Evidence evidence) {
        return ABOUT_WORDS.matcher(evidence.asked().whole()).find();
    }

    private static String quote(String sentence) {
        return "\"" + Cut.beginning(sentence.replaceAll("\\s+", " "), LONGEST_QUOTE) + "\"";
    }
}
