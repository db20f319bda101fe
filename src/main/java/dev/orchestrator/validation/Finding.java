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
        /** There was nothing to check. */
        SKIPPED,
        /** What would have to be seen could not be looked at. */
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a check that failed, or came to nothing, means for the turn. */
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

    /** What is wanted may be so; nobody can tell. */
    static Finding unknown(String why) {
        return new Finding(Verdict.UNKNOWN, Severity.WARNING, why);
    }

    /** Nobody can tell, and the turn is no success unless somebody can. */
    static Finding unproven(String why) {
        return new Finding(Verdict.UNKNOWN, Severity.ERROR, why);
    }

    static Finding error(String detail) {
        return new Finding(Verdict.FAIL, Severity.ERROR, detail);
    }

    static Finding warning(String detail) {
        return new Finding(Verdict.FAIL, Severity.WARNING, detail);
    }

    /** True when this fails the turn. */
    public boolean isBlocking() {
        return isDoubt() && severity == Severity.ERROR;
    }

    /** True when what was checked did not turn out to be so. */
    boolean isDoubt() {
        return verdict == Verdict.FAIL || verdict == Verdict.UNKNOWN;
    }
}
