package dev.orchestrator.pipeline;

import dev.orchestrator.acceptance.CommandResult;
import dev.orchestrator.acceptance.CommandResult.Outcome;
import dev.orchestrator.acceptance.CommandRunner;
import dev.orchestrator.artifact.AcceptanceRun;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.AttemptEvent.AcceptanceFinished;
import dev.orchestrator.task.AttemptEvent.CommandEnd;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Runs what the user wants to see pass before a task is a success. What does not pass goes back to the agent, into the session in
 * which it did the work, so often as the task lets it. Thread-safe.
 */
final class AcceptanceStep {
    private final CommandRunner commands;
    private final WorkingDirectory workingDirectory;
    private final Supplier<RunLimits> limits;
    private final Dispatch dispatch;
    private final Redaction redaction;
    private final EventSink journal;

    AcceptanceStep(
            CommandRunner commands,
            WorkingDirectory workingDirectory,
            Supplier<RunLimits> limits,
            Dispatch dispatch,
            Redaction redaction,
            EventSink journal) {
        this.commands = commands;
        this.workingDirectory = workingDirectory;
        this.limits = limits;
        this.dispatch = dispatch;
        this.redaction = redaction;
        this.journal = journal;
    }

    /** What came of the step. */
    sealed interface Result {
        /** All is green, or nothing was wanted. */
        record Passed() implements Result {}

        /** The agent was told; it is to work on. */
        record Told() implements Result {}

        record Failed(Failure failure) implements Result {}

        /** The task or the daemon is to end. */
        record Stopped() implements Result {}
    }

    /** @param last the attempt that the agent calls done */
    Result run(TaskView view, Acceptance wanted, Attempt last, Cancellation cancellation)
            throws IOException, InterruptedException {
        // What the commands make and change is not the agent's work.
        workingDirectory.keepChanges(last);
        String mark = "acceptance-" + last.request().sessionId();
        commands.stopLeft(mark);
        int round = view.notes().talk().acceptanceRounds() + 1;
        List<CommandResult> results = new ArrayList<>();
        for (String command : wanted.commands()) {
            CommandResult result = commands.run(order(wanted, last, results.size() + 1, command, mark), cancellation);
            if (result.outcome() == Outcome.STOPPED) {
                return new Result.Stopped();
            }
            results.add(result);
        }
        List<AcceptanceRun> runs = runs(wanted, results, round);
        new AcceptanceRecord(runs).write(last.request().files().acceptance(), redaction);
        return conclude(view, wanted, last, runs, round);
    }

    private CommandRunner.Order order(Acceptance wanted, Attempt last, int number, String command, String mark) {
        RunFiles files = last.request().files();
        Duration timeout = wanted.timeout() == null ? limits.get().accepted().timeout() : wanted.timeout();
        return new CommandRunner.Order(
                command,
                last.request().directory(),
                timeout,
                mark,
                files.acceptanceOutput(number),
                files.acceptanceErrors(number));
    }

    private static List<AcceptanceRun> runs(Acceptance wanted, List<CommandResult> results, int round) {
        List<AcceptanceRun> runs = new ArrayList<>();
        for (CommandResult result : results) {
            runs.add(new AcceptanceRun(
                    wanted.commands().get(runs.size()),
                    result.exitCode(),
                    result.duration().toMillis(),
                    round,
                    result.outcome().toString(),
                    result.outcome() == Outcome.GREEN ? "" : result.output()));
        }
        return runs;
    }

    private Result conclude(TaskView view, Acceptance wanted, Attempt last, List<AcceptanceRun> runs, int round) {
        List<AcceptanceRun> red = runs.stream()
                .filter(run -> !run.outcome().equals(Outcome.GREEN.toString()))
                .toList();
        if (red.isEmpty()) {
            journal.emit(finished(view, last, runs, round, Optional.empty()));
            return new Result.Passed();
        }
        Optional<String> why = whyNoMore(view, wanted, red, round);
        if (why.isPresent()) {
            journal.emit(finished(view, last, runs, round, Optional.empty()));
            return new Result.Failed(Failure.of(FailureCategory.ACCEPTANCE, described(red) + why.get()));
        }
        // On disk before the agent hears of it: whoever dies here goes on with this.
        journal.commit(finished(view, last, runs, round, Optional.of(Feedback.of(red))));
        return new Result.Told();
    }

    /** Why the agent is not told; empty when it is. */
    private Optional<String> whyNoMore(TaskView view, Acceptance wanted, List<AcceptanceRun> red, int round) {
        Integer own = wanted.rounds();
        int rounds = own == null ? limits.get().accepted().rounds() : own;
        if (round > rounds) {
            return Optional.of(rounds == 0 ? "" : " (the agent was told " + rounds + " times)");
        }
        if (red.stream().allMatch(run -> run.outcome().equals(Outcome.NOT_STARTED.toString()))) {
            return Optional.of(", and no work of the agent can change that");
        }
        return dispatch.overspent(view).map(spent -> ", and " + spent.message());
    }

    private static String described(List<AcceptanceRun> red) {
        return red.stream().map(AcceptanceStep::described).collect(Collectors.joining("; "));
    }

    private static String described(AcceptanceRun run) {
        return "`" + run.command() + "` " + Feedback.end(run);
    }

    private static AcceptanceFinished finished(
            TaskView view, Attempt last, List<AcceptanceRun> runs, int round, Optional<String> feedback) {
        return new AcceptanceFinished(
                view.id(),
                view.turn(),
                last.number(),
                round,
                runs.stream().allMatch(run -> run.outcome().equals(Outcome.GREEN.toString())),
                runs.stream()
                        .map(run -> new CommandEnd(run.command(), run.outcome(), run.exitCode(), run.durationMs()))
                        .toList(),
                feedback.orElse(null));
    }
}
