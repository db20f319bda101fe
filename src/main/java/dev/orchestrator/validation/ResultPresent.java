package dev.orchestrator.validation;

/** The agent said something at the end. */
final class ResultPresent implements Validator {
    @Override
    public String name() {
        return "structure";
    }

    @Override
    public Finding check(Evidence evidence) {
        if (evidence.output() != null && evidence.result().isBlank()) {
            return Finding.pass("an object, and no report");
        }
        return evidence.result().isBlank()
                ? Finding.error("the agent ended without a word")
                : Finding.pass(evidence.result().length() + " characters of report");
    }
}
