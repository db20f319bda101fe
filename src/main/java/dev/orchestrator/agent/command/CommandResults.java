package dev.orchestrator.agent.command;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.agent.run.StartFailures;
import dev.orchestrator.process.Launch;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.time.Elapsed;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes the result of an attempt out of how its run ended, or why there was none. */
final class CommandResults {
    private static final Answer NOTHING = new Answer("", "it printed nothing", null, null, null, Map.of());
    private static final Remains NONE = new Remains(Optional.empty(), AnswerForm.TEXT, NOTHING, "");

    private final String name;
    private final Redactor redactor;
    private final TimeSource time;

    /** @param redactor hides secrets in what is quoted */
    CommandResults(String name, Redactor redactor, TimeSource time) {
        this.name = name;
        this.redactor = redactor;
        this.time = time;
    }

    AgentResult of(RunEnd end, AgentRequest request, RunObserver observer) throws IOException {
        Remains remains = Remains.of(request, end.exitCode(), redactor);
        AgentReport report = report(request, remains);
        if (end.cause() == RunEnd.Cause.CANCELLED) {
            return new AgentResult.Cancelled(report);
        }
        // A run that got done while the daemon was stopping it must not be done again by the next.
        if (end.cause() == RunEnd.Cause.SHUTDOWN && !remains.isSuccess()) {
            return new AgentResult.StoppedForShutdown(report);
        }
        Optional<Failure> failure = CommandOutcome.failure(end.cause(), remains);
        if (failure.isEmpty()) {
            observer.answered();
        }
        return new AgentResult.Ended(failure.orElse(null), report);
    }

    /** Of a run that has ended while nobody watched it; empty when it came to nothing. */
    Optional<AgentResult> unseen(AgentRequest request, RunObserver observer) throws IOException {
        Remains remains = Remains.of(request, OptionalInt.empty(), redactor);
        return remains.isComplete() || remains.endedByItself()
                ? Optional.of(of(new RunEnd(RunEnd.Cause.EXITED, OptionalInt.empty()), request, observer))
                : Optional.empty();
    }

    AgentReport report(AgentRequest request) {
        try {
            return report(request, Remains.of(request, OptionalInt.empty(), redactor));
        } catch (IOException e) {
            // The record is gone; what is left is in the journal.
            return nothing(request);
        }
    }

    /** Of an attempt that was to stop before it began. */
    AgentResult stopped(Cancellation.Reason why, AgentRequest request) {
        boolean cancelled = why == Cancellation.Reason.CANCELLED;
        return cancelled
                ? new AgentResult.Cancelled(nothing(request))
                : new AgentResult.StoppedForShutdown(nothing(request));
    }

    AgentResult notStarted(Launch.NotStarted failed, AgentRequest request) {
        Failure failure = StartFailures.of(failed);
        String command = "`agents." + name + ".command`";
        return refused(
                switch (failed.why()) {
                    case PROGRAM_MISSING -> failure.suggesting("Install the program, or correct " + command + ".");
                    case SANDBOX_MISSING ->
                        failure.suggesting(
                                "Make the sandbox work; `doctor` tries it. `agents." + name
                                        + ".unsandboxed: true` lets this agent run without, where nothing keeps it from anything.");
                    case REFUSED -> failure.suggesting("Correct " + command + ".");
                    case OUT_OF_RESOURCES -> failure;
                },
                request);
    }

    AgentResult refused(Failure failure, AgentRequest request) {
        return new AgentResult.Ended(failure, nothing(request));
    }

    AgentReport nothing(AgentRequest request) {
        return report(request, NONE);
    }

    private AgentReport report(AgentRequest request, Remains remains) {
        Answer answer = remains.answer();
        return new AgentReport(
                answer.text(),
                null,
                null,
                answer.session(),
                null,
                0,
                answer.cost(),
                answer.usage(),
                List.of(),
                List.of(),
                List.of(),
                0,
                Files.exists(request.files().sandbox()) ? "bubblewrap" : "none",
                "off",
                null,
                exitCode(remains),
                Elapsed.between(request.startedAt(), time.now()),
                remains.isComplete());
    }

    private static @Nullable Integer exitCode(Remains remains) {
        return remains.exit().map(ExitNote::code).orElse(null);
    }
}
