package dev.orchestrator.pipeline;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.task.UsageLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether agents may be started, and who is told what concerns more than one task. Thread-safe. */
public interface Dispatch {

    /** Whether an agent may be started for {@code task} now; the gate may have closed since the task came through. */
    boolean admits(Task task);

    /** Which model the turn of {@code task} asks for, by its task or its template; null when it leaves that to the settings. */
    void wishes(Task task, @Nullable String model);

    /** Why {@code task} has had its share of runs and money; empty while it has not. */
    Optional<Failure> overspent(TaskView task);

    /**
     * What a run of {@code task} may cost now. If all tasks together have a limit, that much is set aside until the task is
     * back from its worker.
     *
     * @param limit of its own, null when it has none
     * @return empty when it is to wait, because what is left is set aside for others
     */
    Optional<Allowance> allowance(TaskView task, @Nullable BigDecimal limit);

    /** An attempt at {@code id} is on disk, and so is counted among those that were begun. */
    void begun(TaskId id);

    /** Whoever does the work for {@code id} has answered: neither credentials nor money are lacking. */
    void answered(TaskId id);

    /** An attempt at {@code id} came to a good end. */
    void succeeded(TaskId id);

    /**
     * An attempt at {@code task} failed.
     *
     * @param limit the usage window that stopped it, if one did
     * @param model that it ran with, if that is known
     * @param capped as {@link Allowance#capped}
     * @return where it waits, when what was in its way is in everybody's and the attempt is not to count; empty when the
     *     failure is the task's own
     */
    Optional<Parked> failed(
            Task task, Failure failure, @Nullable UsageLimit limit, @Nullable String model, boolean capped);

    /** A file of our own could not be used. True when that concerns all tasks, and none is started before it is mended. */
    boolean ownFilesFailed(Exception problem);

    /**
     * @param usd above 0; null when nothing limits it
     * @param capped true when that is less than its own limit and its task's share would let it have
     * @param setAside of what all tasks together may cost; null when that has no limit
     */
    record Allowance(
            @Nullable BigDecimal usd,
            boolean capped,
            @Nullable BigDecimal setAside) {}

    /**
     * A task waits at the gate.
     *
     * @param earliest when it may come to the gate again
     * @param until when what is in its way is likely to be over; the gate has the last word
     * @param window the usage window that it waits for, null when it waits for something else
     */
    record Parked(Instant earliest, Instant until, @Nullable String window) {}
}
