package dev.orchestrator.mediator;

import java.util.List;
import java.util.Locale;

/**
 * Whether a criterion of success holds, by somebody's word.
 *
 * @param why for a person: what it rests on, or why it is not known
 * @param by who says so: the name of a model, or {@link #NOBODY}
 */
public record Judgement(String criterion, Verdict verdict, String why, String by) {
    public static final String NOBODY = "nobody";

    /** How it stands. */
    public enum Verdict {
        MET,
        NOT_MET,
        /** Somebody looked and could not tell, or did not say what that rests on. */
        UNCLEAR,
        /** Nobody looked. */
        UNJUDGED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public static Judgement unjudged(String criterion, String why) {
        return new Judgement(criterion, Verdict.UNJUDGED, why, NOBODY);
    }

    public static List<Judgement> unjudged(List<String> criteria, String why) {
        return criteria.stream().map(criterion -> unjudged(criterion, why)).toList();
    }
}
