package dev.orchestrator.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Finds what a script answers to a request. */
final class Player {
    private final Map<Counted, Integer> failuresGiven = new ConcurrentHashMap<>();

    /** A response before it is written; a wait, if any, comes first. */
    sealed interface Answer {
        record Message(ObjectNode message) implements Answer {}

        /** As much of a message as arrives before the connection is cut. */
        record Begun(ObjectNode message) implements Answer {}

        record Error(int status, ObjectNode body, Map<String, String> headers) implements Answer {}
    }

    /** Blocks at the script's waits; answers an error for a turn that the script does not have. */
    Answer answer(Script script, ApiRequest request, Waiter waiter) throws InterruptedException {
        int turn = request.turnsPlayed(script);
        int seen = 0;
        for (Script.Step step : script.steps()) {
            if (step instanceof Script.Step.Text || step instanceof Script.Step.Tool) {
                if (seen++ == turn) {
                    return new Answer.Message(message(script, step, request));
                }
            } else if (seen == turn) {
                if (step instanceof Script.Step.Wait wait) {
                    waiter.await(wait.latch());
                } else if (step instanceof Script.Step.Cut) {
                    return new Answer.Begun(
                            MessageFormat.text(request.model(), "The first half of", Script.Usage.DEFAULT));
                } else if (step instanceof Script.Step.Failure failure && fails(failure, request)) {
                    return new Answer.Error(
                            failure.status(),
                            MessageFormat.error(failure.type(), failure.message()),
                            failure.headers());
                }
            }
        }
        return exhausted(turn);
    }

    private static ObjectNode message(Script script, Script.Step step, ApiRequest request) {
        if (step instanceof Script.Step.Tool tool) {
            String id = script.toolIdPrefix() + UUID.randomUUID().toString().replace("-", "");
            return MessageFormat.tool(
                    request.model(), id, tool.name(), tool.input().apply(request), tool.usage());
        }
        Script.Step.Text text = (Script.Step.Text) step;
        return MessageFormat.text(request.model(), text.text(), text.stopReason(), text.usage());
    }

    private boolean fails(Script.Step.Failure failure, ApiRequest request) {
        Counted key = new Counted(failure, request.sessionId().orElse(""));
        return failure.times() == Integer.MAX_VALUE || failuresGiven.merge(key, 1, Integer::sum) <= failure.times();
    }

    // Loud on purpose, and a 400 because the CLI does not retry it: a script that is too short is a mistake in the
    // test.
    private static Answer exhausted(int turn) {
        String message = "scripted API: the script has no turn " + (turn + 1);
        return new Answer.Error(400, MessageFormat.error("invalid_request_error", message), Map.of());
    }

    /** Waits for a latch, or less long when the server closes. */
    @FunctionalInterface
    interface Waiter {
        void await(CountDownLatch latch) throws InterruptedException;
    }

    private record Counted(Script.Step.Failure failure, String sessionId) {}
}
