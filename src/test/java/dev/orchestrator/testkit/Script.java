package dev.orchestrator.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * What the model says in one conversation, turn by turn. Immutable: every method returns a longer script.
 *
 * <p>{@code script().tool("Write", Map.of("file_path", file, "content", "hi")).text("done")}
 *
 * <p>The turn to play is read from the request alone, so a retry gets the same turn again and a resumed session goes on where
 * it stopped. Steps that answer nothing by themselves (a failure, a wait) stand in front of the turn that follows them.
 */
public final class Script {
    /** How long a hanging request is held at most, so that a forgotten server ends. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final String id;
    private final List<Step> steps;
    private final Usage usage;

    private Script(String id, List<Step> steps, Usage usage) {
        this.id = id;
        this.steps = List.copyOf(steps);
        this.usage = usage;
    }

    public static Script script() {
        return new Script(UUID.randomUUID().toString().substring(0, 8), List.of(), Usage.DEFAULT);
    }

    /** A final answer; the CLI ends its run after it. */
    public Script text(String text) {
        return text(text, "end_turn");
    }

    /** As {@link #text(String)}, ended for another reason, such as {@code refusal} or {@code max_tokens}. */
    public Script text(String text, String stopReason) {
        return with(new Step.Text(text, stopReason, usage));
    }

    /** Begins to answer every request that gets here and cuts the connection in the middle. */
    public Script cut() {
        return with(new Step.Cut());
    }

    /** A call of one tool, with the field names of the CLI's own tool schema. */
    public Script tool(String name, Map<String, Object> input) {
        Map<String, Object> fixed = Map.copyOf(input);
        return tool(name, request -> fixed);
    }

    /** As {@link #tool(String, Map)}, the input computed from the request, for example from its working directory. */
    public Script tool(String name, Function<ApiRequest, Map<String, Object>> input) {
        return with(new Step.Tool(name, input, usage));
    }

    /** Tokens that the turns after this call report. */
    public Script usage(long inputTokens, long outputTokens) {
        return new Script(id, steps, new Usage(inputTokens, outputTokens));
    }

    /** Answers every request that gets here with this error; the script never goes past it. */
    public Script error(int status, String type, String message) {
        return error(status, type, message, Map.of());
    }

    /** As {@link #error(int, String, String)}, with response headers such as {@code retry-after}. */
    public Script error(int status, String type, String message, Map<String, String> headers) {
        return with(new Step.Failure(status, type, message, Map.copyOf(headers), Integer.MAX_VALUE));
    }

    /** Fails the first {@code times} requests of each session that get here, then goes on. */
    public Script errors(int times, int status, String type, String message) {
        return with(new Step.Failure(status, type, message, Map.of(), times));
    }

    /** Accepts the request and answers nothing until the server is closed. */
    public Script hang() {
        return with(new Step.Wait(new CountDownLatch(1)));
    }

    /** Holds the next turn back until the latch is open. */
    public Script waitFor(CountDownLatch latch) {
        return with(new Step.Wait(latch));
    }

    List<Step> steps() {
        return steps;
    }

    /** Marks the tool calls of this script, so that those of another script in the same conversation are not counted. */
    String toolIdPrefix() {
        return "toolu_" + id + "_";
    }

    private Script with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(requireNonNull(step));
        return new Script(id, longer, usage);
    }

    record Usage(long inputTokens, long outputTokens) {
        static final Usage DEFAULT = new Usage(100, 20);
    }

    sealed interface Step {
        record Text(String text, String stopReason, Usage usage) implements Step {}

        record Tool(String name, Function<ApiRequest, Map<String, Object>> input, Usage usage) implements Step {}

        record Failure(int status, String type, String message, Map<String, String> headers, int times)
                implements Step {}

        record Cut() implements Step {}

        record Wait(CountDownLatch latch) implements Step {}
    }
}
