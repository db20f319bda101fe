package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.run.FileTail;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.agent.run.StartFailures;
import dev.orchestrator.process.Launch;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.time.Elapsed;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the result of an attempt out of how its run ended, or why there was none. */
final class Results {
    /** Of a run that ended while nobody watched it, or that never was. */
    private static final RunEnd UNSEEN = new RunEnd(RunEnd.Cause.EXITED, OptionalInt.empty());

    private final TimeSource time;
    private final ZoneId zone;
    private final Redactor redactor;

    /**
     * @param zone that the agent speaks of times in when it names none
     * @param redactor hides secrets in what is read in part
     */
    Results(TimeSource time, ZoneId zone, Redactor redactor) {
        this.time = time;
        this.zone = zone;
        this.redactor = redactor;
    }

    AgentResult of(RunEnd end, AgentRequest request, Transcript transcript, GuardedRun guarded) throws IOException {
        AgentReport report = Reports.of(end, transcript, since(request), request);
        if (end.cause() == RunEnd.Cause.CANCELLED) {
            return new AgentResult.Cancelled(report);
        }
        Optional<Failure> ofGuard = guarded.failure();
        if (ofGuard.isPresent()) {
            return new AgentResult.Ended(ofGuard.get(), report, null);
        }
        String stderr = FileTail.text(request.files().stderr(), redactor);
        RunEvidence run =
                new RunEvidence(end, transcript, stderr, request.resume(), time.now(), zone, redactor, request.model());
        // A run that got done while the daemon was stopping it must not be done again by the next.
        if (end.cause() == RunEnd.Cause.SHUTDOWN && !ClaudeOutcome.isConclusive(run)) {
            return new AgentResult.StoppedForShutdown(report);
        }
        ClaudeOutcome.Verdict verdict = ClaudeOutcome.of(run);
        return new AgentResult.Ended(verdict.failure(), report, verdict.limit());
    }

    /** Of a run that has ended while nobody watched it. */
    AgentResult unseen(AgentRequest request, Transcript transcript, GuardedRun guarded) throws IOException {
        return of(UNSEEN, request, transcript, guarded);
    }

    /** What a run that is over reported. */
    AgentReport report(AgentRequest request, Transcript transcript) {
        return Reports.of(UNSEEN, transcript, since(request), request);
    }

    /** Of an attempt that was to stop before it began. */
    AgentResult stopped(Cancellation.Reason why, AgentRequest request) {
        AgentReport nothing = nothing(request);
        boolean cancelled = why == Cancellation.Reason.CANCELLED;
        return cancelled ? new AgentResult.Cancelled(nothing) : new AgentResult.StoppedForShutdown(nothing);
    }

    AgentResult notStarted(Launch.NotStarted failed, AgentRequest request) {
        return new AgentResult.Ended(StartFailures.of(failed), nothing(request));
    }

    /** @param transcript of what was read before */
    AgentResult filesFailed(IOException e, AgentRequest request, Transcript transcript) {
        return new AgentResult.OwnFilesFailed(e, report(request, transcript));
    }

    private AgentReport nothing(AgentRequest request) {
        return report(request, new Transcript());
    }

    private Duration since(AgentRequest request) {
        return Elapsed.between(request.startedAt(), time.now());
    }
}
