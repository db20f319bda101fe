package dev.orchestrator.pipeline;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An agent that does what a test says, one script a run; what it reported stays known, as that of a real one on disk. */
final class ScriptedAgent implements Agent {
    private static final Refusal OUTSIDE =
            new Refusal(Refusal.Kind.OUTSIDE, "it is outside", "../passwd", Path.of("/etc/passwd"));

    private final Deque<Script> scripts = new ArrayDeque<>();
    private final Map<Integer, AgentReport> reports = new HashMap<>();
    private final Map<Integer, List<ToolCall>> refused = new HashMap<>();
    final List<Integer> stopped = new ArrayList<>();
    private final List<AgentRequest> requests = new ArrayList<>();
    private final List<AgentRequest> takenOver = new ArrayList<>();
    private boolean unreadable;
    private final Set<Integer> notThere = new HashSet<>();

    /** One run. */
    @FunctionalInterface
    interface Script {
        AgentResult run(AgentRequest request, RunObserver observer) throws IOException;
    }

    ScriptedAgent then(Script script) {
        scripts.add(script);
        return this;
    }

    /** A run that says {@code text} and claims to have written {@code files}. */
    ScriptedAgent says(String text, String... files) {
        return then((request, observer) -> ended(null, text, files));
    }

    ScriptedAgent writes(String name) {
        return then(writing(name));
    }

    /** A run that writes a file, which has its name for a content, and says so. */
    static Script writing(String name) {
        return (request, observer) -> {
            Files.writeString(request.directory().resolve(name), name);
            return ended(null, "I wrote the file " + name + " as I was told.", name);
        };
    }

    ScriptedAgent fails(Failure failure, String... files) {
        return then((request, observer) -> ended(failure, "", files));
    }

    /** A call that is refused, now and whenever the run is looked at again. */
    void refuse(AgentRequest request, RunObserver observer, ToolCall call) {
        refused.computeIfAbsent(request.files().attempt(), number -> new ArrayList<>())
                .add(call);
        observer.refused(call, OUTSIDE);
    }

    static AgentResult ended(@Nullable Failure failure, String text, String... files) {
        return new AgentResult.Ended(failure, report(text, files));
    }

    static AgentReport report(String text, String... files) {
        return report(text, true, files);
    }

    /** @param complete false when nobody knows its result any more */
    private static AgentReport report(String text, boolean complete, String... files) {
        return new AgentReport(
                text,
                null,
                "1.0",
                null,
                null,
                1,
                null,
                Map.of(),
                List.of(),
                List.of(files),
                List.of(),
                0,
                "none",
                "off",
                "completed",
                0,
                Duration.ofMillis(5),
                complete);
    }

    /** A run called {@code attempt}, which an earlier daemon began, comes to {@code report}. */
    void runs(int attempt, AgentReport report) {
        reports.put(attempt, report);
    }

    /** Nothing was put down in {@code attempt} that another could go on from. */
    void cannotResume(int attempt) {
        notThere.add(attempt);
    }

    /** The first look at what an earlier run said fails. */
    void cannotBeReadOnce() {
        unreadable = true;
    }

    /** What was taken over, in order. */
    List<AgentRequest> takenOver() {
        return takenOver;
    }

    /** Every run that was started, in order. */
    List<AgentRequest> requests() {
        return requests;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public AgentResult run(AgentRequest request, RunObserver observer, Cancellation cancellation) {
        requests.add(request);
        Script script = scripts.poll();
        if (script == null) {
            throw new AssertionError("run " + requests.size() + " of " + request.taskId() + " was not expected");
        }
        try {
            AgentResult result = script.run(request, observer);
            if (result instanceof AgentResult.Ended ended) {
                reports.put(request.files().attempt(), ended.report());
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<AgentResult> takeOver(
            AgentRequest request, AttemptView attempt, RunObserver observer, Cancellation cancellation) {
        takenOver.add(request);
        if (unreadable) {
            unreadable = false;
            throw new UncheckedIOException(new IOException("as ordered by a test"));
        }
        return Optional.ofNullable(reports.get(attempt.number())).map(report -> new AgentResult.Ended(null, report));
    }

    @Override
    public void stop(AttemptView attempt, Duration grace) {
        stopped.add(attempt.number());
    }

    @Override
    public AgentReport report(AgentRequest request, AttemptView attempt, RunObserver observer) {
        refused.getOrDefault(attempt.number(), List.of()).forEach(call -> observer.refused(call, OUTSIDE));
        return reports.getOrDefault(attempt.number(), report("", false));
    }

    @Override
    public boolean canResume(AgentRequest request) {
        return !notThere.contains(request.files().attempt())
                && reports.containsKey(request.files().attempt());
    }
}
