package dev.orchestrator.agent.command;

import java.util.Locale;

/** What a program prints. */
public enum AnswerForm {
    /** Its answer. */
    TEXT,
    /** One JSON object that says what its answer is. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
