package dev.orchestrator.validation;

/** One check. Implementations are pure apart from looking at files in the working directory. */
public interface Validator {

    /** Short name, as in the artifact. */
    String name();

    Finding check(Evidence evidence);
}
