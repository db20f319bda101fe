package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.secret.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tool calls of a run: which are open, how they ended, what they say they changed. For one thread. */
final class ToolCalls {
    private static final Set<String> WRITING_TOOLS = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");
    /** The task was not given the tool at all, so the program asks nobody (executed with 2.1.330). */
    private static final String NO_SUCH_TOOL = "No such tool available";

    private static final int LONGEST_TARGET = 500;
    /** No run has so many; what comes after them is not kept, so that none fills the memory. */
    private static final int MOST_KEPT = 10_000;

    private final RunObserver observer;
    private final int alreadyTold;
    private final CallJudge judge;
    private final Redactor redactor;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, ToolCall> denials = new LinkedHashMap<>();
    private final Set<String> claimedChanges = new LinkedHashSet<>();
    /** By the id of the call, under which a refusal is told later. */
    private final Map<String, String> failedChanges = new LinkedHashMap<>();

    private int begun;
    private int ended;
    private int succeeded;
    private int effects;

    /**
     * @param alreadyTold how many ended tool calls the observer has heard of from an earlier daemon
     * @param judge hears of every call
     * @param redactor hides what could not be known for a secret any more when a text is cut
     */
    ToolCalls(RunObserver observer, int alreadyTold, CallJudge judge, Redactor redactor) {
        this.observer = observer;
        this.alreadyTold = alreadyTold;
        this.judge = judge;
        this.redactor = redactor;
    }

    /** A call without a result yet. */
    private record Open(ToolCall call, ToolUse use) {}

    /**
     * @param use a block of type {@code tool_use}
     * @param where the program works and keeps its notes
     */
    void began(JsonNode use, Surroundings where) {
        begun++;
        String id = id(use, "id");
        if (open.size() < MOST_KEPT) {
            ToolCall call = new ToolCall(id, cut(use.path("name").asText()), target(use.path("input")), false);
            ToolUse asked = where.use(id, call.tool(), use.path("input"));
            open.put(id, new Open(call, asked));
            judge.began(asked);
        }
    }

    /**
     * @param result a block of type {@code tool_result}
     */
    void ended(JsonNode result) {
        Open ended = open.remove(id(result, "tool_use_id"));
        if (ended == null) {
            return;
        }
        boolean succeeded = !result.path("is_error").asBoolean();
        if (!succeeded && result.path("content").asText().contains(NO_SUCH_TOOL)) {
            judge.denied(ended.use(), ended.call());
        }
        ended(ended.call().ended(succeeded));
        judge.ended(ended.use(), ended.call().ended(succeeded));
    }

    private void ended(ToolCall call) {
        ended++;
        if (call.succeeded()) {
            succeeded++;
            effects += Effects.wanted(call) ? 1 : 0;
        }
        if (WRITING_TOOLS.contains(call.tool()) && call.target() != null) {
            written(call, call.target());
        }
        if (ended > alreadyTold && ended <= MOST_KEPT) {
            observer.toolUsed(call);
        }
    }

    private void written(ToolCall call, String target) {
        if (call.succeeded() && claimedChanges.size() < MOST_KEPT) {
            claimedChanges.add(target);
        } else if (!call.succeeded() && failedChanges.size() < MOST_KEPT) {
            failedChanges.put(call.id(), target);
        }
    }

    /** The call {@code id}, which has no result yet, was refused. */
    void rejected(String id) {
        Open rejected = open.get(cut(id));
        if (rejected != null) {
            judge.denied(rejected.use(), rejected.call());
        }
    }

    /** A refused call, which may be told more than once. */
    void denied(JsonNode denial, Surroundings where) {
        String id = id(denial, "tool_use_id");
        if (denials.containsKey(id) || denials.size() >= MOST_KEPT) {
            return;
        }
        Open known = open.get(id);
        JsonNode input = denial.path("tool_input");
        String target = input.isMissingNode() && known != null ? known.call().target() : target(input);
        ToolCall call = new ToolCall(id, cut(denial.path("tool_name").asText()), target, false);
        denials.put(id, call);
        judge.denied(known != null ? known.use() : where.use(id, call.tool(), input), call);
    }

    /** How many were started, ended or not. */
    int begun() {
        return begun;
    }

    int succeeded() {
        return succeeded;
    }

    int ended() {
        return ended;
    }

    /** The refusals that stood in the way: nothing worked, or of all that was to change something nothing did. */
    List<ToolCall> blockingDenials() {
        if (succeeded == 0) {
            return denials();
        }
        return effects > 0
                ? List.of()
                : denials.values().stream().filter(Effects::wanted).toList();
    }

    List<ToolCall> denials() {
        return new ArrayList<>(denials.values());
    }

    List<String> claimedChanges() {
        return new ArrayList<>(claimedChanges);
    }

    /** Without those that were refused, which are told apart, and those that came off in the end. */
    List<String> failedChanges() {
        return failedChanges.entrySet().stream()
                .filter(call -> !denials.containsKey(call.getKey()))
                .map(Map.Entry::getValue)
                .filter(target -> !claimedChanges.contains(target))
                .distinct()
                .toList();
    }

    private @Nullable String target(JsonNode input) {
        for (String key : List.of("file_path", "notebook_path", "path", "command", "url", "query", "pattern")) {
            if (input.path(key).isTextual()) {
                return cut(input.path(key).asText());
            }
        }
        return null;
    }

    private String id(JsonNode block, String key) {
        return cut(block.path(key).asText());
    }

    /** What is short stays as it is, since it is compared with names of files. */
    private String cut(String value) {
        return value.length() <= LONGEST_TARGET ? value : Cut.beginning(redactor.redact(value), LONGEST_TARGET);
    }
}
