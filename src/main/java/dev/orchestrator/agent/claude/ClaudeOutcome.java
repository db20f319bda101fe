package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orchestrator.agent.run.ExitStatus;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.UsageLimit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a run succeeded, and why not. Pure. Each sign of success can lie by itself: the exit code is 0 for runs
 * that did nothing, {@code subtype} says "success" for API errors, a denied tool ends in a polite answer. So every sign has
 * to be there; typed fields are believed before words, and words only of a failed result or the error output.
 *
 * <p>What a result says is judged by {@link ResultJudge}; this class says what there is to judge by.
 */
final class ClaudeOutcome {
    private static final Failure STALLED = Failure.of(
                    FailureCategory.TIMEOUT_IDLE,
                    "the agent went on printing, but no tool came back and nothing changed in its working directory;"
                            + " it was stopped")
            .suggesting("See its transcript: it may be turning in circles. Raise `idle_timeout` if it was working.");
    /** It would only fill the disk again. */
    private static final Failure TOO_MUCH_OUTPUT = new Failure(
            FailureCategory.CRASH,
            "the agent printed more than a run may; it was stopped",
            "See its transcript, which was cut, for what it repeats.",
            false);

    private final RunEvidence run;
    private final Transcript transcript;

    private ClaudeOutcome(RunEvidence run) {
        this.run = run;
        this.transcript = run.transcript();
    }

    /**
     * How a run is judged.
     *
     * @param failure null when all signs of success are there
     * @param limit the usage window that stopped it; null for every other failure
     */
    record Verdict(@Nullable Failure failure, @Nullable UsageLimit limit) {}

    static Verdict of(RunEvidence run) {
        ClaudeOutcome outcome = new ClaudeOutcome(run);
        Failure failure = outcome.failure().orElse(null);
        boolean limited = failure != null && failure.category() == FailureCategory.USAGE_LIMIT;
        return new Verdict(failure, limited ? outcome.limit() : null);
    }

    /** True when the program came to an end of its own, whether or not it was being stopped meanwhile. */
    static boolean isConclusive(RunEvidence run) {
        return run.transcript().verdict().isPresent()
                && new ClaudeOutcome(run)
                        .said()
                        .filter(ClaudeOutcome::mayTellOfOurStop)
                        .isEmpty();
    }

    private Optional<Failure> failure() {
        if (transcript.verdict().isEmpty()) {
            return stopped().or(() -> Optional.of(withoutResult()));
        }
        Optional<Failure> said = said();
        return said.filter(ClaudeOutcome::mayTellOfOurStop).isPresent()
                ? stopped().or(() -> said)
                : said;
    }

    /** What the result says. */
    private Optional<Failure> said() {
        return transcript.verdict().flatMap(word -> new ResultJudge(run, word).failure());
    }

    /** A program that is stopped may still write a result, and that then says only that it was stopped. */
    private static boolean mayTellOfOurStop(Failure failure) {
        return switch (failure.category()) {
            case KILLED, CRASH, NO_RESULT -> true;
            default -> false;
        };
    }

    /** Runs that we ended ourselves, for a reason that is the task's or the agent's. */
    private Optional<Failure> stopped() {
        return switch (run.end().cause()) {
            case SILENT_START ->
                failure(FailureCategory.TIMEOUT_IDLE, "the agent gave no sign of life after it was started");
            case SILENT ->
                // It may have been told to try again later than we were willing to wait.
                ofRequest().or(() -> failure(FailureCategory.TIMEOUT_IDLE, "the agent went silent and was stopped"));
            case STALLED -> ofRequest().or(() -> Optional.of(STALLED));
            case TOO_MUCH_OUTPUT -> Optional.of(TOO_MUCH_OUTPUT);
            case OUT_OF_TIME -> failure(FailureCategory.TIMEOUT_TOTAL, "the task's time was up; the agent was stopped");
            case HOPELESS_RETRY -> transcript.apiRetry().flatMap(RetryFailure::hopeless);
            case EXITED, LINGERED, OUT_OF_BOUNDS, CANCELLED, SHUTDOWN -> Optional.empty();
        };
    }

    private Failure withoutResult() {
        String words = run.stderrTail().strip();
        return ofRequest()
                .or(() -> transcript.started()
                        ? Optional.empty()
                        : ExitStatus.notStarted(run.end().exitCode(), words))
                .or(() -> errorOutput().flatMap(this::ofText))
                .orElseGet(() -> ExitStatus.failure(run.end().exitCode(), transcript.started(), words));
    }

    /** The request to the API that had failed last, when none came off since. */
    private Optional<Failure> ofRequest() {
        ProgramError said = transcript.error().orElse(ProgramError.NONE);
        boolean undecided = !said.isNamed() && transcript.spentPlan().isEmpty();
        if (undecided && transcript.apiRetry().isPresent()) {
            return transcript.apiRetry().flatMap(RetryFailure::of);
        }
        return RequestFailure.category(said, transcript.spentPlan())
                .map(category -> RequestFailure.failure(category, run.quotable(said), run.gotSomewhere()));
    }

    /**
     * Before the first answer any complaint may be why there was none. A run that was at work, or that somebody killed, had
     * lived with all but the last.
     */
    private Optional<String> errorOutput() {
        boolean lived = transcript.answered() || ExitStatus.isSignal(run.end().exitCode());
        return ErrorOutput.fault(run.stderrTail(), lived);
    }

    private Optional<Failure> ofText(String text) {
        return ErrorText.categoryOf(text)
                .map(category -> RequestFailure.failure(category, ProgramError.NONE.saying(text), run.gotSomewhere()));
    }

    private UsageLimit limit() {
        ProgramError said = transcript
                .verdict()
                .map(FinalWord::whatWentWrong)
                .or(transcript::error)
                .orElse(ProgramError.NONE);
        String words = said.text().isBlank() ? errorOutput().orElse("") : said.text();
        // A time of day was meant when it was said, which may be long ago.
        return PlanLimit.of(
                typedLimit(said),
                words,
                ResetTime.of(words, said.at() == null ? run.now() : said.at(), run.zone())
                        .orElse(null),
                run.model());
    }

    private JsonNode typedLimit(ProgramError said) {
        if (said.limit().isObject()) {
            return said.limit();
        }
        return transcript
                .verdict()
                .map(FinalWord::spentPlan)
                .orElse(transcript.spentPlan())
                .orElse(MissingNode.getInstance());
    }

    private static Optional<Failure> failure(FailureCategory category, String message) {
        return Optional.of(Failure.of(category, message));
    }
}
