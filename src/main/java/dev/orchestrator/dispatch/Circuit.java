package dev.orchestrator.dispatch;

import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.Backoff;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stops everything when the agent lacks what no task can do without, and finds out when it has it again: first by asking its
 * program, which costs nothing, then by letting one task through. Only an answer to that one opens the way for all.
 * Thread-safe.
 */
final class Circuit {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));
    /** From the moment at which a task may try until the one that tried last may. */
    private static final Duration BEHIND_OTHERS = Duration.ofSeconds(10);

    private static final int MOST_REFUTATIONS = 2;
    /** So often a task may be answered and then fail for what all lack, until that is its own failure: each time costs. */
    private static final int MOST_SPOILED = 5;

    private final TimeSource time;
    private Hold.@Nullable Cause cause;
    private int triesInVain;
    private Stopwatch sinceTry;
    private boolean tryNow;
    private @Nullable TaskId trial;
    /** Tasks that failed for what all lack, and how often another's answer has shown since that not all do. */
    private final Map<TaskId, Integer> openedBy = new HashMap<>();
    /** Those that were answered and are not over. */
    private final Set<TaskId> answered = new HashSet<>();
    /** How often a task failed for what all lack though it was answered before. */
    private final Map<TaskId, Integer> spoiled = new HashMap<>();

    Circuit(TimeSource time) {
        this.time = time;
        this.sinceTry = Stopwatch.start(time);
    }

    /** What a failure of {@code category} is to all tasks; empty when it concerns only its own. */
    static Optional<Hold.Cause> causeOf(FailureCategory category) {
        return Optional.ofNullable(
                switch (category) {
                    case AUTH -> Hold.Cause.AUTH;
                    case BILLING -> Hold.Cause.BILLING;
                    case AGENT_MISSING -> Hold.Cause.AGENT_MISSING;
                    case SANDBOX_MISSING -> Hold.Cause.SANDBOX_MISSING;
                    default -> null;
                });
    }

    /**
     * What came of a failure.
     *
     * @param news true when nobody knew of it
     * @param rest how long the task that failed is to wait: one that tried in vain lets others try first
     */
    record Opened(boolean news, Duration rest) {}

    /** A run of {@code id} failed for {@code why}. */
    synchronized Opened open(Hold.Cause why, TaskId id) {
        boolean news = cause != why;
        boolean triedInVain = id.equals(trial);
        int before = answered.contains(id) ? spoiled.merge(id, 1, Integer::sum) - 1 : 0;
        if (news || triedInVain) {
            triesInVain = triedInVain && !news ? triesInVain + 1 : before;
            sinceTry = Stopwatch.start(time);
            tryNow = false;
            trial = null;
        }
        openedBy.putIfAbsent(id, 0);
        cause = why;
        return new Opened(news, triedInVain ? untilNextTry().plus(BEHIND_OTHERS) : Duration.ZERO);
    }

    /** True when others got an answer again and again behind failures of {@code id}, or it did itself: then it is its own. */
    synchronized boolean isRefuted(TaskId id) {
        return openedBy.getOrDefault(id, 0) >= MOST_REFUTATIONS || spoiled.getOrDefault(id, 0) >= MOST_SPOILED;
    }

    /** As an earlier daemon left it; a restart is a reason to try again at once. */
    synchronized void restore(Hold.Cause why) {
        cause = why;
        tryNow = true;
    }

    synchronized Optional<Hold.Cause> cause() {
        return Optional.ofNullable(cause);
    }

    /** True when it is time to ask whether what was missing is there. */
    synchronized boolean isDue() {
        return cause != null && !tryNow && trial == null && sinceTry.reached(untilNextTry());
    }

    /** What was missing is not there yet. */
    synchronized void stillMissing() {
        triesInVain++;
        sinceTry = Stopwatch.start(time);
    }

    /** What was missing may be there: one task may try. */
    synchronized void tryNow() {
        tryNow = cause != null && trial == null;
    }

    /** True when {@code id} may go: nothing is missing, or it is the one that tries. */
    synchronized boolean admits(TaskId id) {
        return cause == null || id.equals(trial) || (tryNow && trial == null);
    }

    /** @param builtIn whether the agent that is built in does it: what another is answered says nothing of that one */
    synchronized boolean enter(TaskId id, boolean builtIn) {
        if (cause != null && cause.isOfBuiltInAgent() && !builtIn) {
            return true;
        }
        if (!admits(id)) {
            return false;
        }
        if (cause != null) {
            trial = id;
        }
        return true;
    }

    /** {@code id} is over; when it tried without finding out, another may. */
    synchronized void leave(TaskId id) {
        answered.remove(id);
        if (id.equals(trial)) {
            trial = null;
        }
    }

    /** {@code id} got an answer; the cause that this ends, if it was the one that tried. */
    synchronized Optional<Hold.Cause> answered(TaskId id) {
        openedBy.remove(id);
        answered.add(id);
        if (!id.equals(trial)) {
            return Optional.empty();
        }
        openedBy.replaceAll((other, refuted) -> refuted + 1);
        return close();
    }

    /** Nothing that {@code id} failed for counts any more. */
    synchronized void forget(TaskId id) {
        spoiled.remove(id);
        openedBy.remove(id);
    }

    synchronized Optional<Hold.Cause> close() {
        Optional<Hold.Cause> was = Optional.ofNullable(cause);
        cause = null;
        trial = null;
        tryNow = false;
        return was;
    }

    private Duration untilNextTry() {
        return BACKOFF.after(triesInVain);
    }
}
