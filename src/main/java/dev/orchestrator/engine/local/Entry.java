package dev.orchestrator.engine.local;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A task in the queue. Its rank is the time of its acceptance, shifted by its priority: a task goes before all that are
 * less urgent, unless they have waited an hour longer for each step. The rank never changes, so nothing has to be sorted
 * again as time passes, and nothing starves.
 *
 * @param order in which it came, for tasks of one rank
 * @param concluding true when nothing is started for it any more, so that the gate does not matter
 * @param ending how it is to end without being run; null when it is to run
 */
record Entry(
        Task task,
        long order,
        Instant notBefore,
        DirectoryClaims.Claim claim,
        boolean concluding,
        @Nullable Ending ending) {
    static final Comparator<Entry> BY_RANK =
            Comparator.<Entry, Instant>comparing(entry -> rank(entry.task)).thenComparing(Entry::order);
    static final Comparator<Entry> BY_TIME =
            Comparator.comparing(Entry::notBefore).thenComparing(Entry::order);

    private static final Duration WORTH_OF_A_STEP = Duration.ofHours(1);

    static Entry of(Task task, long order, Instant notBefore) {
        return new Entry(task, order, notBefore, DirectoryClaims.Claim.of(task), false, null);
    }

    /** As it is here when nothing has happened to it since. */
    static Entry of(TaskView view) {
        return view.isConcluding() ? concluding(view.task(), 0) : of(view.task(), 0, Instant.MIN);
    }

    /** One about which a person has decided. */
    static Entry concluding(Task task, long order) {
        DirectoryClaims.Claim claim = DirectoryClaims.Claim.of(task).to(DirectoryClaims.Use.APPLY);
        return new Entry(task, order, Instant.MIN, claim, true, null);
    }

    TaskId id() {
        return task.id();
    }

    Entry again(Instant earliest) {
        return new Entry(task, order, earliest, claim, concluding, ending);
    }

    /** The same, with its directory for another use. */
    Entry claiming(DirectoryClaims.Use use) {
        return new Entry(task, order, notBefore, claim.to(use), concluding, ending);
    }

    /** The same, to be ended as soon as there is a worker. */
    Entry ending(Ending how) {
        return new Entry(task, order, Instant.MIN, claim, concluding, how);
    }

    /** @param why null when a person cancelled it */
    record Ending(TaskStatus status, @Nullable Failure why) {
        static final Ending CANCELLED = new Ending(TaskStatus.CANCELLED, null);
    }

    static Instant rank(Task task) {
        Priority priority = task.spec().priority();
        return task.acceptedAt().plus(WORTH_OF_A_STEP.multipliedBy(priority.ordinal()));
    }
}
