package dev.orchestrator.validation;

/** The agent said something at the end. */
final class ResultPresent implements Validator {
    @Override
    public String name() {
        return "structure";
    }

    @Override
    public Finding check(Evidence evidence) {
        return evidence.result().isBlank()
                ? Finding.error("the agent ended without a word")
                : Finding.pass(evidence.result().length() + " characters of report");
    }
}
