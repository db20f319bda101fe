package dev.orchestrator.guard.project;

/** A repository's own settings cannot be trusted as they are; the message says what is wrong, without a full stop. */
public final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String problem) {
        super(problem);
    }

    /** What is wrong. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
