package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides whether a run succeeded, and why not. Pure. Each sign of success can lie by itself: the exit code is 0 for runs
 * that did nothing, {@code subtype} says "success" for API errors, a denied tool ends in a polite answer. So every sign has
 * to be there; typed fields are believed before words.
 */
final class ClaudeOutcome {
    private static final int KILLED_BY_SIGNAL = 128;

    private ClaudeOutcome() {}

    /** The failure of a run, or empty when all signs of success are there. */
    static Optional<Failure> failure(RunEnd end, Transcript transcript, String stderrTail) {
        Optional<Failure> stopped = stopped(end, transcript);
        if (transcript.result().isEmpty()) {
            return stopped.or(() -> Optional.of(withoutResult(end.exitCode(), transcript, stderrTail)));
        }
        Optional<Failure> said = ofResult(transcript.result().get(), transcript);
        return said.filter(ClaudeOutcome::mayTellOfOurStop).isPresent() ? stopped.or(() -> said) : said;
    }

    /** True when the program came to an end of its own, whether or not it was being stopped meanwhile. */
    static boolean isConclusive(Transcript transcript) {
        return transcript.result().isPresent()
                && ofResult(transcript.result().get(), transcript)
                        .filter(ClaudeOutcome::mayTellOfOurStop)
                        .isEmpty();
    }

    /** A program that is stopped may still write a result, and that then says only that it was stopped. */
    private static boolean mayTellOfOurStop(Failure failure) {
        return switch (failure.category()) {
            case KILLED, CRASH, NO_RESULT -> true;
            default -> false;
        };
    }

    /** Runs that we ended ourselves, for a reason that is the task's or the agent's. */
    private static Optional<Failure> stopped(RunEnd end, Transcript transcript) {
        return switch (end.cause()) {
            case SILENT_START ->
                failure(FailureCategory.TIMEOUT_IDLE, "the agent gave no sign of life after it was started");
            case SILENT ->
                // It may have been told to try again later than we were willing to wait.
                transcript
                        .apiRetry()
                        .flatMap(RetryFailure::of)
                        .or(() -> failure(FailureCategory.TIMEOUT_IDLE, "the agent went silent and was stopped"));
            case OUT_OF_TIME -> failure(FailureCategory.TIMEOUT_TOTAL, "the task's time was up; the agent was stopped");
            case HOPELESS_RETRY -> transcript.apiRetry().flatMap(RetryFailure::hopeless);
            case EXITED, LINGERED, CANCELLED, SHUTDOWN -> Optional.empty();
        };
    }

    private static Optional<Failure> ofResult(JsonNode result, Transcript transcript) {
        boolean completed = "completed".equals(result.path("terminal_reason").asText("completed"));
        if (isError(result) || !"success".equals(result.path("subtype").asText()) || !completed) {
            return Optional.of(ofError(result, transcript));
        }
        if (!result.path("is_error").isBoolean()) {
            return failure(FailureCategory.NO_RESULT, "the agent's result does not say whether it is an error");
        }
        if ("refusal".equals(result.path("stop_reason").asText())) {
            return failure(FailureCategory.POLICY, "the model refused the task");
        }
        if (didNothing(result, transcript)) {
            return failure(FailureCategory.NO_RESULT, "the agent says it succeeded but did nothing");
        }
        if (!transcript.calls().denials().isEmpty() && transcript.calls().succeeded() == 0) {
            return failure(FailureCategory.PERMISSION, "everything the agent tried was refused: " + denied(transcript));
        }
        return Optional.empty();
    }

    private static boolean isError(JsonNode result) {
        return result.path("is_error").asBoolean(false);
    }

    private static boolean didNothing(JsonNode result, Transcript transcript) {
        JsonNode text = result.path("result");
        boolean silent = text.asText().isBlank() && transcript.calls().succeeded() == 0;
        return !text.isTextual() || silent || result.path("num_turns").asInt(1) == 0;
    }

    private static Failure ofError(JsonNode result, Transcript transcript) {
        String subtype = result.path("subtype").asText();
        String words = words(result);
        FailureCategory category = byTerminalReason(
                        result.path("terminal_reason").asText())
                .or(() -> bySubtype(subtype))
                .or(() -> byStatus(result, words, transcript))
                .or(() -> ErrorText.categoryOf(words))
                .orElse(FailureCategory.CRASH);
        return Failure.of(category, words.isBlank() ? "the agent reported " + reported(result) : words);
    }

    private static String reported(JsonNode result) {
        String reason = result.path("terminal_reason").asText();
        String subtype = result.path("subtype").asText("a result without a subtype");
        return reason.isEmpty() ? subtype : subtype + ", ended by " + reason;
    }

    private static Optional<FailureCategory> byTerminalReason(String reason) {
        return Optional.ofNullable(
                switch (reason) {
                    case "max_turns" -> FailureCategory.MAX_TURNS;
                    case "budget_exhausted" -> FailureCategory.BUDGET;
                    case "prompt_too_long", "blocking_limit", "rapid_refill_breaker" ->
                        FailureCategory.CONTEXT_EXHAUSTED;
                    case "structured_output_retry_exhausted" -> FailureCategory.VALIDATION;
                    case "turn_setup_failed" -> FailureCategory.CONFIG;
                    case "aborted_streaming", "aborted_tools" -> FailureCategory.KILLED;
                    case "tool_deferred", "tool_deferred_unavailable" -> FailureCategory.INTERACTIVE;
                    default -> null;
                });
    }

    private static Optional<FailureCategory> bySubtype(String subtype) {
        return Optional.ofNullable(
                switch (subtype) {
                    case "error_max_turns" -> FailureCategory.MAX_TURNS;
                    case "error_max_budget_usd" -> FailureCategory.BUDGET;
                    case "error_max_structured_output_retries" -> FailureCategory.VALIDATION;
                    default -> null;
                });
    }

    private static Optional<FailureCategory> byStatus(JsonNode result, String words, Transcript transcript) {
        int status = result.path("api_error_status").asInt(0);
        if (status != 429) {
            return ApiStatus.category(status);
        }
        // A spent plan and a fast caller get the same status.
        boolean spent = transcript.planIsSpent()
                || ErrorText.categoryOf(words)
                        .filter(FailureCategory.USAGE_LIMIT::equals)
                        .isPresent();
        return Optional.of(spent ? FailureCategory.USAGE_LIMIT : FailureCategory.RATE_LIMIT);
    }

    private static Failure withoutResult(OptionalInt exitCode, Transcript transcript, String stderrTail) {
        if (transcript.planIsSpent()) {
            return Failure.of(FailureCategory.USAGE_LIMIT, "the plan's usage limit is reached; the agent ended");
        }
        Optional<Failure> retrying = transcript.apiRetry().flatMap(RetryFailure::of);
        if (retrying.isPresent()) {
            return retrying.get();
        }
        String words = stderrTail.strip();
        Optional<FailureCategory> named = ErrorText.categoryOf(words);
        if (named.isPresent()) {
            return Failure.of(named.get(), lastLine(words));
        }
        int code = exitCode.orElse(0);
        if (code > KILLED_BY_SIGNAL) {
            return Failure.of(
                    FailureCategory.KILLED,
                    "the agent was ended by signal " + (code - KILLED_BY_SIGNAL) + " before it gave a result");
        }
        if (code != 0) {
            String said = words.isEmpty() ? "without a word" : "saying: " + lastLine(words);
            return Failure.of(FailureCategory.CRASH, "the agent ended with exit code " + code + ", " + said);
        }
        String how = transcript.started() ? "in the middle" : "before it began";
        return Failure.of(FailureCategory.NO_RESULT, "the agent ended " + how + ", without a result");
    }

    /** What the program says of an error; without one, the words are the model's, which may well speak of errors. */
    private static String words(JsonNode result) {
        if (isError(result) && result.path("result").isTextual()) {
            return result.path("result").asText();
        }
        List<String> errors = new ArrayList<>();
        result.path("errors").forEach(error -> errors.add(error.isTextual() ? error.asText() : error.toString()));
        return String.join("; ", errors);
    }

    private static String denied(Transcript transcript) {
        List<String> names = transcript.calls().denials().stream()
                .map(call -> call.target() == null ? call.tool() : call.tool() + " " + call.target())
                .distinct()
                .limit(3)
                .toList();
        return String.join(", ", names);
    }

    private static String lastLine(String text) {
        String stripped = text.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }

    private static Optional<Failure> failure(FailureCategory category, String message) {
        return Optional.of(Failure.of(category, message));
    }
}
