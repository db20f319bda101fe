package dev.orchestrator.health;

import dev.orchestrator.files.Refused;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs all checks side by side, each on a thread of its own, so that one that hangs (a dead network drive, a program that
 * waits) costs the time limit once and hides no other.
 */
public final class Doctor {
    private final List<Check> checks;
    private final Duration limit;
    private final ThreadFactory threads;
    private final TimeSource time;

    /** @param limit how long a check may take; what takes longer has failed */
    public Doctor(List<Check> checks, Duration limit, ThreadFactory threads, TimeSource time) {
        this.checks = List.copyOf(checks);
        this.limit = limit;
        this.threads = threads;
        this.time = time;
    }

    /** The answer to one check. */
    public record Finding(Check check, CheckResult result) {}

    /** Answers in the order of the checks. */
    public List<Finding> examine() throws InterruptedException {
        Stopwatch watch = Stopwatch.start(time);
        List<FutureTask<CheckResult>> running = new ArrayList<>();
        for (Check check : checks) {
            FutureTask<CheckResult> task = new FutureTask<>(check.body()::run);
            running.add(task);
            threads.newThread(task).start();
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            Duration left = limit.minus(watch.elapsed());
            findings.add(new Finding(checks.get(i), await(running.get(i), left.isNegative() ? Duration.ZERO : left)));
        }
        return findings;
    }

    private CheckResult await(FutureTask<CheckResult> task, Duration atMost) throws InterruptedException {
        try {
            return task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return CheckResult.fail(
                    "no answer within " + limit.toMillis() + " ms",
                    "See what holds it up (a network drive, a loaded machine), then run `doctor` again.");
        } catch (ExecutionException e) {
            return CheckResult.fail(
                    Refused.permission(e)
                            .map(denied ->
                                    "not looked at, since " + denied.getFile() + " cannot be used: permission denied")
                            .orElse("the check itself failed: " + e.getCause()),
                    "Mend what it names, then run `doctor` again.");
        }
    }
}
