package dev.orchestrator.pipeline;

import java.util.Optional;

/** Recognises an agent that asked something and stopped instead of doing the work. */
final class Question {
    private static final int LONGEST = 500;

    private Question() {}

    /** The last line of {@code report} when it is a question. */
    static Optional<String> in(String report) {
        String text = report.strip();
        String lastLine = text.substring(text.lastIndexOf('\n') + 1)
                .replaceAll("[*_`\"')\\s]+$", "")
                .strip();
        return lastLine.matches("(?s).*[?？؟]")
                ? Optional.of(lastLine.length() > LONGEST ? lastLine.substring(0, LONGEST) : lastLine)
                : Optional.empty();
    }
}
