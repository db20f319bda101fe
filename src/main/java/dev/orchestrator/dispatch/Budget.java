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
import java.util.Collection;
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
    private volatile Purse.@Nullable Pot tooSmall;
    private final Set<TaskId> beginning = ConcurrentHashMap.newKeySet();
    private final Purse purse = new Purse();

    Budget(Supplier<Caps> caps, Supplier<StateIndex.Spent> spent) {
        this.caps = caps;
        this.spent = spent;
    }

    /** Gives {@code id} a place among those that are about to begin, if it has none; false when there is none left. */
    synchronized boolean begin(TaskId id, Instant now) {
        boolean isNew = beginning.add(id);
        boolean may = hold(now, beginning.size() - 1).isEmpty();
        if (!may && isNew) {
            beginning.remove(id);
        }
        return may;
    }

    /** It is in the journal now, or it came to nothing. */
    void begunOrNot(TaskId id) {
        beginning.remove(id);
    }

    /** {@code id} is back from its worker. */
    void over(TaskId id) {
        begunOrNot(id);
        purse.giveBack(id);
    }

    /** Runs that an earlier daemon began. */
    void restore(Collection<TaskView> active) {
        for (TaskView view : active) {
            view.openAttempt().map(AttemptView::setAsideUsd).ifPresent(usd -> purse.restore(view.id(), usd));
        }
    }

    /** True when what is left is set aside for runs under way, so that {@code id} waits until one of them is over. */
    boolean isSetAside(TaskId id, Instant now) {
        return leftForAll(now).filter(left -> purse.isTaken(id, left)).isPresent();
    }

    /** What stands in the way of another run of any task; it lasts until the day's end, or until the cap is raised. */
    Optional<Hold> hold(Instant now) {
        return hold(now, beginning.size());
    }

    /** As {@link #hold}, without those that are about to begin. */
    Optional<Hold> spent(Instant now) {
        return hold(now, 0);
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
        if (!new Purse.Pot(limits, today.day()).equals(tooSmall)) {
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

    /** Sets aside what a run of {@code task} may cost; empty when nothing is left that is not set aside for others. */
    Optional<Dispatch.Allowance> allowance(TaskView task, @Nullable BigDecimal limit, int sharers, Instant now) {
        BigDecimal own = least(limit, caps.get().perTask().left(costOf(task)).orElse(null));
        Optional<BigDecimal> ofAll = leftForAll(now);
        if (ofAll.isEmpty()) {
            return Optional.of(new Dispatch.Allowance(own, false, null));
        }
        return purse.take(new Purse.Wish(task.id(), own, sharers, neededMore(task)), pot(now), ofAll.get())
                .map(Purse.Part::usd)
                .map(usd -> new Dispatch.Allowance(usd, own == null || usd.compareTo(own) < 0, usd));
    }

    private Optional<BigDecimal> leftForAll(Instant now) {
        Caps limits = caps.get();
        if (limits.perDay().usd().isEmpty() && limits.total().usd().isEmpty()) {
            return Optional.empty();
        }
        StateIndex.Spent sums = spent.get();
        return Stream.of(
                        limits.perDay().left(sums.today().at(now).costUsd()),
                        limits.total().left(sums.total().costUsd()))
                .flatMap(Optional::stream)
                .min(BigDecimal::compareTo);
    }

    private static @Nullable BigDecimal least(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.min(other);
    }

    private static boolean neededMore(TaskView task) {
        return task.lastAttempt()
                .map(AttemptView::failure)
                .filter(failure -> failure.category() == FailureCategory.BUDGET)
                .isPresent();
    }

    /**
     * The part of {@code id} was not enough. If it was all that was left, nobody else is sent to find that out until there is
     * more: on another day, or under other caps.
     */
    void partWasTooSmall(TaskId id) {
        purse.emptiedBy(id).ifPresent(pot -> tooSmall = pot);
    }

    private Purse.Pot pot(Instant now) {
        return new Purse.Pot(caps.get(), spent.get().today().at(now).day());
    }

    private static boolean isUnlimited(Caps.Cap cap) {
        return cap.usd().isEmpty() && cap.runs().isEmpty();
    }

    private static long runsOf(TaskView task) {
        long ofThisTurn = task.attempts().stream().filter(Budget::countsAsRun).count();
        return task.notes().earlierRuns() + ofThisTurn;
    }

    private static boolean countsAsRun(AttemptView attempt) {
        Failure failure = attempt.failure();
        return failure == null || failure.category().countsAsRun(attempt.isExcused());
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
