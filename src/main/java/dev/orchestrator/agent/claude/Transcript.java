package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.json.Json;
import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run from the lines of its {@code stream-json} output so far. Lines that are not JSON, and types that
 * this version does not know, are passed over: the program grows faster than its documentation. For one thread. Sample
 * (cut):
 *
 * <pre>
 * {"type":"system","subtype":"init","session_id":"...","model":"...","tools":[...],"claude_code_version":"2.1.330"}
 * {"type":"assistant","message":{"content":[{"type":"tool_use","id":"t1","name":"Write","input":{"file_path":"..."}}]}}
 * {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t1","is_error":false}]}}
 * {"type":"system","subtype":"api_retry","attempt":1,"error_status":401,"error":"authentication_failed"}
 * {"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":1778565600,"isUsingOverage":false}}
 * {"type":"result","subtype":"success","is_error":false,"result":"...","num_turns":2,"total_cost_usd":0.01}
 * </pre>
 */
final class Transcript {
    /** The program asked the guard, got no answer, and goes by its own rules (executed with 2.1.330). */
    private static final String NO_VERDICT = "hook_no_verdict";

    private final RunObserver observer;
    private final CallJudge judge;
    private final ToolCalls calls;
    private final Tokens tokens = new Tokens();
    private Surroundings surroundings = Surroundings.UNKNOWN;
    private boolean answered;
    private String lastText = "";
    private String lastThought = "";
    private int words;
    private @Nullable String sessionId;
    private @Nullable String model;
    private @Nullable String version;
    private @Nullable ApiRetry apiRetry;
    private @Nullable ProgramError error;
    private @Nullable JsonNode spentPlan;
    private @Nullable JsonNode result;
    private @Nullable FinalWord verdict;
    private int turns;
    private int answers;
    private String lastAnswer = "";
    private boolean wantsStructuredOutput;

    /**
     * @param alreadyTold how many ended tool calls the observer has heard of from an earlier daemon
     * @param judge hears of every call of a tool
     */
    Transcript(RunObserver observer, int alreadyTold, CallJudge judge, Redactor redactor) {
        this.observer = observer;
        this.judge = judge;
        this.calls = new ToolCalls(observer, alreadyTold, judge, redactor);
    }

    /** For reading what a run came to, and nothing else. */
    Transcript() {
        this(SilentObserver.INSTANCE, 0, CallJudge.NONE, Redactor.SHAPES_ONLY);
    }

    /** A failed request that the program itself tries again. */
    record ApiRetry(int status, String error) {}

    void line(byte[] line) {
        if (!mayBeObject(line)) {
            return;
        }
        try {
            JsonNode node = Json.full().readTree(line);
            if (node != null && node.isObject()) {
                message(node);
            }
        } catch (IOException e) {
            // Not JSON: a warning that some library printed, or half a line from a process that died.
        }
    }

    /** A parser takes a thousand times as long to say no, and there may be millions of lines. */
    private static boolean mayBeObject(byte[] line) {
        int first = 0;
        while (first < line.length && line[first] != '{' && line[first] <= ' ' && line[first] >= 0) {
            first++;
        }
        return first < line.length && line[first] == '{';
    }

    private void message(JsonNode node) {
        switch (node.path("type").asText()) {
            case "system" -> system(node);
            case "assistant" -> assistant(node);
            case "user" -> {
                node.path("tool_result_meta").forEach(this::verdict);
                node.path("message").path("content").forEach(this::userBlock);
            }
            case "rate_limit_event" -> plan(node.path("rate_limit_info"));
            case "result" -> result(node);
            default -> {
                // A type of a newer version.
            }
        }
    }

    private void system(JsonNode node) {
        switch (node.path("subtype").asText()) {
            case "init" -> {
                sessionId = text(node, "session_id", sessionId);
                surroundings = surroundings.init(node);
                model = text(node, "model", model);
                version = text(node, "claude_code_version", version);
                node.path("tools").forEach(tool -> wantsStructuredOutput |= isStructuredOutput(tool));
            }
            case "api_retry" ->
                apiRetry = new ApiRetry(
                        node.path("error_status").asInt(), node.path("error").asText(""));
            case "permission_denied" -> calls.denied(node, surroundings);
            case "informational" -> {
                if (node.hasNonNull(NO_VERDICT)) {
                    judge.unanswered(node.path(NO_VERDICT).path("tool_use_id").asText());
                }
            }
            default -> {
                // Compaction, hooks and other notices.
            }
        }
    }

    private void plan(JsonNode info) {
        spentPlan = PlanLimit.isSpent(info) ? info : null;
    }

    private void assistant(JsonNode line) {
        JsonNode message = line.path("message");
        boolean ofSubagent = line.hasNonNull("parent_tool_use_id");
        // The program writes its own errors as messages of a made-up model: no answer of the API.
        if (!"<synthetic>".equals(message.path("model").asText())) {
            apiRetry = null;
            spentPlan = null;
            // A subagent may still be at work when the agent itself has come to grief.
            error = ofSubagent ? error : null;
            tokens.answer(message);
            countAnswer(message.path("id").asText(""), ofSubagent);
            tellAnswered();
        } else if (!ofSubagent) {
            // A subagent's error is for the agent to deal with.
            error = ProgramError.of(
                    line, message.path("content").path(0).path("text").asText(""));
        }
        message.path("content").forEach(this::assistantBlock);
    }

    /** Each block of an answer has a line of its own, with the id of the answer. */
    private void countAnswer(String id, boolean ofSubagent) {
        if (!ofSubagent && (answers == 0 || !id.equals(lastAnswer))) {
            answers++;
            lastAnswer = id;
        }
    }

    private void tellAnswered() {
        if (!answered) {
            answered = true;
            observer.answered();
        }
    }

    private void assistantBlock(JsonNode block) {
        if ("tool_use".equals(block.path("type").asText())) {
            calls.began(block, surroundings);
        } else if (block.path("text").isTextual()) {
            String text = block.path("text").asText();
            words += text.equals(lastText) ? 0 : 1;
            lastText = text;
        } else if (block.path("thinking").isTextual()) {
            String thought = block.path("thinking").asText();
            words += thought.equals(lastThought) ? 0 : 1;
            lastThought = thought;
        }
    }

    /** What became of the question whether a call may happen; some refusals are told nowhere else before the run ends. */
    private void verdict(JsonNode meta) {
        if ("reject".equals(meta.path("permission_decision").path("decision").asText())) {
            calls.rejected(meta.path("id").asText());
        }
    }

    private void userBlock(JsonNode block) {
        if ("tool_result".equals(block.path("type").asText())) {
            calls.ended(block);
        }
    }

    private void result(JsonNode node) {
        result = node;
        sessionId = text(node, "session_id", sessionId);
        node.path("permission_denials").forEach(denial -> calls.denied(denial, surroundings));
        turns += node.path("num_turns").asInt();
        FinalWord word = new FinalWord(new ResultLine(node), lastText, error(), apiRetry(), spentPlan());
        if (verdict == null || verdict.isSuccess() || !word.isSuccess()) {
            verdict = word;
        }
    }

    /** True once the program has said that it is up. */
    boolean started() {
        return sessionId != null;
    }

    /** True once the API has answered. */
    boolean answered() {
        return answered;
    }

    /** The last one. Its cost and its tokens are those of the whole run, also when there are several. */
    Optional<JsonNode> result() {
        return Optional.ofNullable(result);
    }

    /** The result that counts: the last, but an error is not healed by a success that follows it. */
    Optional<FinalWord> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Of all results together; each counts its own. Without one, as many as the model has answered. */
    int turns() {
        return result == null ? answers : turns;
    }

    /** True when the program was told to end with output of a given form: it then offers a tool for that. */
    boolean wantsStructuredOutput() {
        return wantsStructuredOutput;
    }

    /** What the program said last in the place of the model; empty once an answer came. */
    Optional<ProgramError> error() {
        return Optional.ofNullable(error);
    }

    /** The retry the program is in right now; empty once an answer came. */
    Optional<ApiRetry> apiRetry() {
        return Optional.ofNullable(apiRetry);
    }

    /** The window that the last word about the plan called used up; empty when an answer came since. */
    Optional<JsonNode> spentPlan() {
        return Optional.ofNullable(spentPlan);
    }

    /** How often the model has said or thought something that it had not said just before. */
    int words() {
        return words;
    }

    /** The last text of the model, for when there is no result. */
    String lastText() {
        return lastText;
    }

    @Nullable
    String sessionId() {
        return sessionId;
    }

    @Nullable
    String model() {
        return model;
    }

    @Nullable
    String version() {
        return version;
    }

    /** What the answers used, as they say. */
    Tokens tokens() {
        return tokens;
    }

    /** How many calls came off while no guard was there. */
    int unguardedCalls() {
        return judge.unguardedCalls();
    }

    ToolCalls calls() {
        return calls;
    }

    private static boolean isStructuredOutput(JsonNode tool) {
        return tool.asText().equals("StructuredOutput");
    }

    private static @Nullable String text(JsonNode node, String key, @Nullable String otherwise) {
        return node.path(key).isTextual() ? node.path(key).asText() : otherwise;
    }
}
