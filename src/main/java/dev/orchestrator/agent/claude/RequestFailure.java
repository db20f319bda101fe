package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.run.Words;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.Locale;
import java.util.Optional;

/** Why a request failed, from what the program said of it: typed fields first, then its words. Pure. */
final class RequestFailure {
    private RequestFailure() {}

    private static final String SPLIT = "Split the task: its prompt alone is longer than what the model can read.";
    private static final String DAMAGED = "If it stays damaged, move that file aside and log in again.";

    /** @param gotSomewhere whether there was more in the conversation than the prompt */
    static Failure failure(FailureCategory category, ProgramError said, boolean gotSomewhere) {
        if (category == FailureCategory.CONFIG && said.isAnswerCutShort()) {
            return Words.failure(category, "the answer was longer than one answer may be", said.text())
                    .suggesting("Split the task, or raise CLAUDE_CODE_MAX_OUTPUT_TOKENS.");
        }
        Failure failure = Words.failure(category, Words.plain(category), said.text());
        if (category == FailureCategory.CONTEXT_EXHAUSTED && !gotSomewhere) {
            return new Failure(category, failure.message(), SPLIT, false);
        }
        boolean damaged =
                ErrorText.of(said.text()).filter(ErrorText.CORRUPTED::equals).isPresent();
        return damaged ? failure.suggesting(DAMAGED) : failure;
    }

    /** @param spentPlan the usage window that is used up, as far as the stream said so */
    static Optional<FailureCategory> category(ProgramError said, Optional<JsonNode> spentPlan) {
        if (said.kind().equals("usage_limit_reached") || said.isOneTooMany()) {
            return Optional.of(oneTooMany(said, spentPlan));
        }
        return ErrorKind.certain(said)
                .or(() -> ErrorText.categoryOf(said.text()))
                .or(() -> spentPlan.map(info -> limit(info, said)))
                .or(() -> ErrorKind.atLeast(said));
    }

    /** A spent plan and a fast caller get the same status. */
    private static FailureCategory oneTooMany(ProgramError said, Optional<JsonNode> spentPlan) {
        // It also calls the plan's state rejected when the API only throttles it, but then its words deny a limit.
        if (said.text().toLowerCase(Locale.ROOT).contains("not your usage limit")) {
            return FailureCategory.RATE_LIMIT;
        }
        if (said.kind().equals("usage_limit_reached")) {
            return limit(said.limit().isObject() ? said.limit() : spentPlan.orElse(said.limit()), said);
        }
        return spentPlan
                .map(info -> limit(info, said))
                .or(() -> ErrorKind.certain(said))
                .or(() -> ErrorText.categoryOf(said.text()))
                .orElse(FailureCategory.RATE_LIMIT);
    }

    /** Without a window that opens again, the words may say that no time mends it. */
    private static FailureCategory limit(JsonNode info, ProgramError said) {
        boolean inWords = ErrorText.categoryOf(said.text())
                .filter(FailureCategory.BILLING::equals)
                .isPresent();
        return PlanLimit.needsCredits(info) || (inWords && !PlanLimit.opensAgain(info))
                ? FailureCategory.BILLING
                : FailureCategory.USAGE_LIMIT;
    }
}
