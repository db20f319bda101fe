package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.ProcessSpec;
import dev.orchestrator.process.ProcessTree;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the Claude Code CLI. Everything it prints goes straight to files, so a run does not depend on the daemon that
 * started it: it can be followed from its files at any time, by any daemon.
 */
public final class ClaudeAgent implements Agent {
    private static final Logger log = LoggerFactory.getLogger(ClaudeAgent.class);
    /** Lines beyond this carry images or whole files and are not needed to follow a run. */
    private static final int LONGEST_LINE = 16 * 1024 * 1024;

    private final Supplier<ClaudeOptions> options;
    private final ClaudeProgram programs;
    private final ClaudeSettings settings;
    private final ProcessRunner processes;
    private final Map<String, String> environment;
    private final TimeSource time;

    /**
     * @param environment the daemon's own, of which a run sees a part
     * @param ownDirectories of the orchestrator, which no agent may change
     * @param ownFiles of the orchestrator, which no agent may read or change
     */
    public ClaudeAgent(
            Supplier<ClaudeOptions> options,
            ClaudeProgram programs,
            ProcessRunner processes,
            Map<String, String> environment,
            List<Path> ownDirectories,
            List<Path> ownFiles,
            TimeSource time) {
        this.options = options;
        this.programs = programs;
        this.settings = new ClaudeSettings(ownDirectories, ownFiles);
        this.processes = processes;
        this.environment = Map.copyOf(environment);
        this.time = time;
    }

    @Override
    public String name() {
        return options.get().name();
    }

    @Override
    public AgentResult run(AgentRequest request, RunObserver observer, Cancellation cancellation)
            throws InterruptedException {
        try {
            Launch launch = launch(request);
            if (launch instanceof Launch.NotStarted failed) {
                return notStarted(request, failed);
            }
            RunningProcess process = ((Launch.Started) launch).process();
            observer.started(process.pid(), process.startedAt().orElse(null), false);
            return follow(process, request, new Transcript(observer, 0), cancellation);
        } catch (IOException e) {
            return ended(Failure.of(FailureCategory.INTERNAL, "the run's files failed: " + e), request);
        }
    }

    @Override
    public Optional<AgentResult> takeOver(
            AgentRequest request, AttemptView attempt, RunObserver observer, Cancellation cancellation)
            throws InterruptedException {
        Optional<RunningProcess> process = find(attempt);
        Transcript transcript = new Transcript(observer, attempt.toolCalls());
        try {
            if (process.isPresent()) {
                observer.started(process.get().pid(), process.get().startedAt().orElse(null), true);
                return Optional.of(follow(process.get(), request, transcript, cancellation));
            }
            stopOrphans(request);
            return Files.exists(request.files().stream()) ? resultOnDisk(request, transcript) : Optional.empty();
        } catch (IOException e) {
            return Optional.of(ended(Failure.of(FailureCategory.INTERNAL, "the run's files failed: " + e), request));
        }
    }

    @Override
    public AgentReport report(AgentRequest request, AttemptView attempt, RunObserver observer) {
        Transcript transcript = new Transcript(observer, attempt.toolCalls());
        try (StreamTail stream = tail(request, transcript)) {
            stream.readToEnd();
        } catch (IOException e) {
            // The record is gone; what is left is in the journal.
        }
        return Reports.of(new RunEnd(RunEnd.Cause.EXITED, OptionalInt.empty()), transcript, since(request));
    }

    @Override
    public boolean canResume(AgentRequest request) {
        Transcript transcript = new Transcript(SilentObserver.INSTANCE, 0);
        try (StreamTail stream = tail(request, transcript)) {
            stream.readToEnd();
            return transcript.started();
        } catch (IOException e) {
            return false;
        }
    }

    private Launch launch(AgentRequest request) throws IOException {
        ClaudeOptions chosen = options.get();
        ClaudeProgram.Search search = programs.find(chosen.command());
        if (search instanceof ClaudeProgram.Search.Missing missing) {
            return new Launch.NotStarted(missing.problem(), true);
        }
        List<String> program = new ArrayList<>();
        program.add(((ClaudeProgram.Search.Found) search).program().toString());
        program.addAll(chosen.arguments());
        Files.createDirectories(request.files().directory());
        Files.write(request.files().settings(), settings.of(request));
        String prompt = PromptText.harmless(request.prompt(), request.directory());
        Files.writeString(request.files().prompt(), prompt, StandardCharsets.UTF_8);
        return processes.start(new ProcessSpec(
                ClaudeCommand.of(program, request),
                request.directory(),
                environment(chosen, request),
                request.files().prompt(),
                request.files().stream(),
                request.files().stderr()));
    }

    private Map<String, String> environment(ClaudeOptions chosen, AgentRequest request) {
        Map<String, String> result =
                new HashMap<>(ClaudeEnvironment.of(environment, chosen.passEnv(), chosen.configDir()));
        result.put(ProcessFamily.MARK, request.sessionId());
        return result;
    }

    private Optional<RunningProcess> find(AttemptView attempt) {
        if (attempt.pid() != null && attempt.processStartedAt() != null) {
            return processes.find(attempt.pid(), attempt.processStartedAt());
        }
        // The daemon died between starting the process and writing down its pid; the session id is on its command line.
        return processes.findByArgument(attempt.sessionId());
    }

    private AgentResult follow(
            RunningProcess process, AgentRequest request, Transcript transcript, Cancellation cancellation)
            throws IOException, InterruptedException {
        ProcessFamily family = ProcessFamily.of(process, request.sessionId(), time);
        try (StreamTail stream = tail(request, transcript)) {
            Optional<RunEnd> end =
                    new RunMonitor(process, family, stream, transcript, request, cancellation, time).awaitEnd();
            return end.isEmpty() ? new AgentResult.LeftRunning() : result(end.get(), request, transcript);
        }
    }

    /** What the run started may have outlived it while nobody looked, and would be at work beside the next attempt. */
    private void stopOrphans(AgentRequest request) throws InterruptedException {
        ProcessTree.Stopped orphans = ProcessFamily.orphans(request.sessionId(), time)
                .stopRest(request.clocks().stopGrace());
        if (orphans.asked() > 0) {
            log.warn(
                    "Task {}: {} processes of its run were still there though the run has ended; they were stopped.",
                    request.taskId(),
                    orphans.asked());
        }
    }

    private Optional<AgentResult> resultOnDisk(AgentRequest request, Transcript transcript) throws IOException {
        try (StreamTail stream = tail(request, transcript)) {
            stream.readToEnd();
        }
        return transcript.result().isPresent()
                ? Optional.of(result(new RunEnd(RunEnd.Cause.EXITED, OptionalInt.empty()), request, transcript))
                : Optional.empty();
    }

    private static StreamTail tail(AgentRequest request, Transcript transcript) throws IOException {
        return StreamTail.open(request.files().stream(), new LineFramer(LONGEST_LINE, transcript::line));
    }

    private AgentResult result(RunEnd end, AgentRequest request, Transcript transcript) throws IOException {
        AgentReport report = Reports.of(end, transcript, since(request));
        if (end.cause() == RunEnd.Cause.CANCELLED) {
            return new AgentResult.Cancelled(report);
        }
        // A run that got done while the daemon was stopping it must not be done again by the next.
        if (end.cause() == RunEnd.Cause.SHUTDOWN && !ClaudeOutcome.isConclusive(transcript)) {
            return new AgentResult.StoppedForShutdown(report);
        }
        String stderr = FileTail.text(request.files().stderr());
        return new AgentResult.Ended(
                ClaudeOutcome.failure(end, transcript, stderr).orElse(null), report);
    }

    private AgentResult notStarted(AgentRequest request, Launch.NotStarted failed) {
        FailureCategory category = failed.programMissing() ? FailureCategory.AGENT_MISSING : FailureCategory.CONFIG;
        return ended(Failure.of(category, "the agent could not be started: " + failed.problem()), request);
    }

    private AgentResult ended(Failure failure, AgentRequest request) {
        Transcript nothing = new Transcript(SilentObserver.INSTANCE, 0);
        RunEnd end = new RunEnd(RunEnd.Cause.EXITED, OptionalInt.empty());
        return new AgentResult.Ended(failure, Reports.of(end, nothing, since(request)));
    }

    private Duration since(AgentRequest request) {
        return Duration.between(request.startedAt(), time.now());
    }

    /** Makes the report out of what was seen. */
    private static final class Reports {
        private Reports() {}

        static AgentReport of(RunEnd end, Transcript transcript, Duration duration) {
            JsonNode result = transcript.result().orElse(null);
            String text = result != null && result.path("result").isTextual()
                    ? result.path("result").asText()
                    : transcript.lastText();
            return new AgentReport(
                    text,
                    transcript.version(),
                    transcript.sessionId(),
                    transcript.model(),
                    result == null ? 0 : result.path("num_turns").asInt(),
                    Usage.cost(result),
                    Usage.tokens(result),
                    transcript.denials(),
                    transcript.claimedChanges(),
                    transcript.succeededCalls(),
                    result == null || !result.path("terminal_reason").isTextual()
                            ? null
                            : result.path("terminal_reason").asText(),
                    end.exitCode().isPresent() ? end.exitCode().getAsInt() : null,
                    duration);
        }
    }
}
