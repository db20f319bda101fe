package dev.orchestrator.dispatch;

import dev.orchestrator.pipeline.Dispatch;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was spent against what may be. Counted from the journal, where attempts are before they begin; those that
 * are about to begin count as well, so that several workers cannot pass the last place together. Thread-safe.
 */
final class Budget {
    private final Supplier<Caps> caps;
    private final Supplier<StateIndex.Spent> spent;
    private volatile @Nullable TooSmall tooSmall;
    private final Set<TaskId> beginning = ConcurrentHashMap.newKeySet();

    Budget(Supplier<Caps> caps, Supplier<StateIndex.Spent> spent) {
        this.caps = caps;
        this.spent = spent;
    }

    void beginning(TaskId id) {
        beginning.add(id);
    }

    /** It is in the journal now, or it came to nothing. */
    void begunOrNot(TaskId id) {
        beginning.remove(id);
    }

    /** As {@link #hold}, for one that may have its place already. */
    boolean isSpentFor(TaskId id, Instant now) {
        return hold(now, beginning.contains(id) ? beginning.size() - 1 : beginning.size())
                .isPresent();
    }

    /** What stands in the way of another run of any task; it lasts until the day's end, or until the cap is raised. */
    Optional<Hold> hold(Instant now) {
        return hold(now, beginning.size());
    }

    private Optional<Hold> hold(Instant now, long more) {
        Caps limits = caps.get();
        if (isUnlimited(limits.perDay()) && isUnlimited(limits.total())) {
            return Optional.empty();
        }
        StateIndex.Spent sums = spent.get();
        Snapshot.Today today = sums.today().at(now);
        Optional<Hold> ever = limits.total()
                .reached(sums.total().costUsd(), sums.total().attempts() + more)
                .map(words -> new Hold(
                        Hold.Cause.BUDGET,
                        null,
                        words + " in all",
                        "Raise `limits.usd_total` or `limits.runs_total` to go on.",
                        now,
                        null));
        return ever.or(() -> rest(limits, today, now))
                .or(() -> limits.perDay()
                        .reached(today.costUsd(), today.attempts() + more)
                        .map(words -> new Hold(
                                Hold.Cause.BUDGET,
                                null,
                                words + " on " + today.day() + " (UTC)",
                                "It goes on the next day; raise `limits.usd_per_day` or `limits.runs_per_day` to go on today.",
                                now,
                                nextDay(today))));
    }

    private Optional<Hold> rest(Caps limits, Snapshot.Today today, Instant now) {
        TooSmall known = tooSmall;
        if (known == null || !known.caps().equals(limits) || !known.day().equals(today.day())) {
            return Optional.empty();
        }
        return Optional.of(new Hold(
                Hold.Cause.BUDGET,
                null,
                "what is left of the budget is not enough for a run",
                "It is tried again the next day; raise `limits.usd_per_day` or `limits.usd_total` to go on today.",
                now,
                nextDay(today)));
    }

    Optional<Failure> overspent(TaskView task) {
        return caps.get()
                .perTask()
                .reached(costOf(task), runsOf(task))
                .map(words -> Failure.of(FailureCategory.BUDGET, words + " for this task")
                        .suggesting("Raise `limits.usd_per_task` or `limits.runs_per_task`, or split the task."));
    }

    /** What is left for a run of {@code task}; runs at the same time share it without knowing of each other. */
    Optional<Dispatch.Allowance> allowance(TaskView task, Instant now) {
        Caps limits = caps.get();
        StateIndex.Spent sums = spent.get();
        Optional<BigDecimal> ofTask = positive(limits.perTask().left(costOf(task)));
        Optional<BigDecimal> ofAll = Stream.of(
                        limits.perDay().left(sums.today().at(now).costUsd()),
                        limits.total().left(sums.total().costUsd()))
                .flatMap(left -> positive(left).stream())
                .min(BigDecimal::compareTo);
        boolean taskIsTighter =
                ofTask.isPresent() && (ofAll.isEmpty() || ofTask.get().compareTo(ofAll.get()) <= 0);
        return (taskIsTighter ? ofTask : ofAll).map(usd -> new Dispatch.Allowance(usd, taskIsTighter));
    }

    private static Optional<BigDecimal> positive(Optional<BigDecimal> left) {
        return left.filter(usd -> usd.signum() > 0);
    }

    /**
     * What was left was not enough for a run. Nobody else is sent to find that out, until there is more: on another day, or
     * under other caps.
     */
    void restIsTooSmall(Instant now) {
        tooSmall = new TooSmall(caps.get(), spent.get().today().at(now).day());
    }

    private record TooSmall(Caps caps, String day) {}

    private static boolean isUnlimited(Caps.Cap cap) {
        return cap.usd().isEmpty() && cap.runs().isEmpty();
    }

    /** Those that everybody would have failed do not count. */
    private static long runsOf(TaskView task) {
        long ofThisTurn = task.attempts().stream()
                .map(AttemptView::failure)
                .filter(failure -> failure == null || failure.category().consumesAttempt())
                .count();
        return task.notes().earlierRuns() + ofThisTurn;
    }

    private static BigDecimal costOf(TaskView task) {
        return task.attempts().stream()
                .map(AttemptView::end)
                .filter(Objects::nonNull)
                .map(AttemptView.End::costUsd)
                .filter(Objects::nonNull)
                .reduce(task.notes().earlierCostUsd(), BigDecimal::add);
    }

    private static Instant nextDay(Snapshot.Today today) {
        return LocalDate.parse(today.day())
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
