package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A result line with what had been said when it came.
 *
 * @param lastText what was said last in the place of the model or by it
 * @param error what the program said in the place of the model's last answer; empty when the model had the last word
 * @param unanswered the failed request that was being tried again; empty when an answer came since
 * @param spentPlan the usage window that was used up; empty when an answer came since
 */
record FinalWord(
        ResultLine line,
        String lastText,
        Optional<ProgramError> error,
        Optional<Transcript.ApiRetry> unanswered,
        Optional<JsonNode> spentPlan) {

    /** False for a failure, also for one that is dressed up as success: the model had not come to an end of its own. */
    boolean isSuccess() {
        return line.claimsSuccess() && unanswered.isEmpty() && !isErrorInDisguise();
    }

    private boolean isErrorInDisguise() {
        return whatWentWrong().isNamed()
                || error.filter(said -> said.text().strip().equals(line.text().strip()))
                        .flatMap(said -> ErrorText.of(said.text()))
                        .isPresent();
    }

    /** All that the program said about what went wrong. */
    ProgramError whatWentWrong() {
        ProgramError own = ProgramError.of(line.json(), isSaidByModel() ? line.errors() : line.errorText());
        return error.map(own::or).orElse(own);
    }

    /** A failed result may end with what the model said, and that may well speak of limits and logins. */
    private boolean isSaidByModel() {
        return error.isEmpty() && lastText.strip().equals(line.text().strip());
    }
}
