package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.agent.run.Words;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges a run by its result. Pure. */
final class ResultJudge {
    private static final int MOST_NAMED = 3;

    private static final Failure UNANSWERED = Failure.of(
            FailureCategory.NO_RESULT,
            "the agent says it succeeded, but its last request had failed and was not answered");

    private final RunEvidence run;
    private final FinalWord word;
    private final ResultLine line;

    ResultJudge(RunEvidence run, FinalWord word) {
        this.run = run;
        this.word = word;
        this.line = word.line();
    }

    /** Empty when every sign of success is there. */
    Optional<Failure> failure() {
        if (!word.isSuccess()) {
            return Optional.of(failed());
        }
        if (!line.saysWhetherError()) {
            return failure(FailureCategory.NO_RESULT, "the agent's result does not say whether it is an error");
        }
        if (line.isRefusal()) {
            return failure(FailureCategory.POLICY, "the model refused the task");
        }
        if (didNothing()) {
            return failure(FailureCategory.NO_RESULT, "the agent says it succeeded but did nothing");
        }
        if (run.transcript().wantsStructuredOutput() && !line.hasStructuredOutput()) {
            return failure(
                    FailureCategory.VALIDATION,
                    "the agent was to give structured output and says it succeeded without");
        }
        return refused(run.transcript().calls().blockingDenials());
    }

    private Failure failed() {
        ProgramError wrong = word.whatWentWrong();
        return line.category()
                .or(() -> RequestFailure.category(wrong, word.spentPlan()))
                .map(category -> RequestFailure.failure(category, run.quotable(wrong), run.gotSomewhere()))
                .or(this::endedUnanswered)
                .orElseGet(() -> unexplained(wrong));
    }

    /** A failed result has its own reason, and a request that was being tried again when it came need not be that. */
    private Optional<Failure> endedUnanswered() {
        return word.unanswered()
                .filter(retry -> line.claimsSuccess())
                .map(retry -> RetryFailure.of(retry).orElse(UNANSWERED));
    }

    private Failure unexplained(ProgramError wrong) {
        return wrong.text().isBlank()
                ? Failure.of(FailureCategory.CRASH, "the agent reported " + line.ending())
                : RequestFailure.failure(FailureCategory.CRASH, run.quotable(wrong), run.gotSomewhere());
    }

    private boolean didNothing() {
        boolean silent =
                line.text().isBlank() && run.transcript().calls().succeeded() == 0 && !line.hasStructuredOutput();
        return !line.hasText() || silent || line.turns() == 0;
    }

    private Optional<Failure> refused(List<ToolCall> denials) {
        if (denials.isEmpty()) {
            return Optional.empty();
        }
        String names = denials.stream()
                .map(call -> call.target() == null ? call.tool() : call.tool() + " " + call.target())
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return Optional.of(Words.failure(
                FailureCategory.PERMISSION,
                "what the agent needed was refused and nothing took its place",
                run.redactor().redact(names)));
    }

    private static Optional<Failure> failure(FailureCategory category, String message) {
        return Optional.of(Failure.of(category, message));
    }
}
