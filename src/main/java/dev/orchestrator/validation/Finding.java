package dev.orchestrator.validation;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param detail for a person: what was looked at, and what was wrong
 */
public record Finding(Verdict verdict, Severity severity, String detail) {

    /** How the check came out. */
    public enum Verdict {
        PASS,
        FAIL,
        /** There was nothing to check, or not enough is known. */
        SKIPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a failed check means for the turn. */
    public enum Severity {
        ERROR,
        WARNING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding pass(String detail) {
        return new Finding(Verdict.PASS, Severity.ERROR, detail);
    }

    static Finding skipped(String why) {
        return new Finding(Verdict.SKIPPED, Severity.ERROR, why);
    }

    static Finding error(String detail) {
        return new Finding(Verdict.FAIL, Severity.ERROR, detail);
    }

    static Finding warning(String detail) {
        return new Finding(Verdict.FAIL, Severity.WARNING, detail);
    }

    /** True when this fails the turn. */
    public boolean isBlocking() {
        return verdict == Verdict.FAIL && severity == Severity.ERROR;
    }
}
