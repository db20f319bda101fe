package dev.orchestrator.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said to the agent in a turn besides the task itself.
 *
 * @param opening by whoever wanted the turn; null when it only is to do the task
 * @param say the last of all; null for nothing
 * @param afterAttempt behind which attempt of the turn that was said; 0 at its beginning
 * @param acceptanceRounds how often red commands were sent back
 * @param answers questions of the agent that were answered, in order
 */
public record Talk(
        @Nullable String opening, @Nullable String say, int afterAttempt, int acceptanceRounds, List<Answer> answers) {
    public static final Talk NONE = opening(null);

    public Talk {
        answers = List.copyOf(answers);
    }

    /** Characters with which a person can have a task go on. */
    public static final int LONGEST_OPENING = 20_000;

    /** @param by whose answer it is */
    public record Answer(String question, String answer, String by) {}

    /** What has to be said to an agent that has heard nothing of it; null for nothing. */
    public @Nullable String toNewcomer() {
        return opening == null || say == null || afterAttempt == 0 ? say : opening.strip() + "\n\n" + say;
    }

    static Talk opening(@Nullable String message) {
        return new Talk(message, message, 0, 0, List.of());
    }

    /** Whoever wanted the turn is heard first. */
    Talk step(String instructions, int attempt) {
        String all = opening == null || attempt > 0
                ? instructions
                : opening.strip() + "\n\nOf this, the step that is due now: " + instructions;
        return new Talk(opening, all, attempt, acceptanceRounds, answers);
    }

    Talk red(String feedback, int attempt) {
        return new Talk(opening, feedback, attempt, acceptanceRounds + 1, answers);
    }

    Talk answered(Answer answer, int attempt) {
        List<Answer> all = new ArrayList<>(answers);
        all.add(answer);
        return new Talk(opening, answer.answer(), attempt, acceptanceRounds, all);
    }
}
