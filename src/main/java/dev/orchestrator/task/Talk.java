package dev.orchestrator.task;

import org.jspecify.annotations.Nullable;

/**
 * What was said to the agent in a turn besides the task itself.
 *
 * @param say the last of it; null for nothing
 * @param afterAttempt behind which attempt of the turn it was said; 0 at its beginning
 * @param acceptanceRounds how often red commands were sent back
 * @param answers how many questions of the agent were answered
 */
public record Talk(@Nullable String say, int afterAttempt, int acceptanceRounds, int answers) {
    public static final Talk NONE = new Talk(null, 0, 0, 0);

    static Talk opening(@Nullable String say) {
        return new Talk(say, 0, 0, 0);
    }

    Talk red(String feedback, int attempt) {
        return new Talk(feedback, attempt, acceptanceRounds + 1, answers);
    }

    Talk answered(String answer, int attempt) {
        return new Talk(answer, attempt, acceptanceRounds, answers + 1);
    }
}
