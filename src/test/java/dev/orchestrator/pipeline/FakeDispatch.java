package dev.orchestrator.pipeline;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.task.UsageLimit;
import dev.orchestrator.testkit.ManualTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Lets everything through that a test does not stop, and remembers what it was told. */
final class FakeDispatch implements Dispatch {
    final List<String> told = new CopyOnWriteArrayList<>();
    boolean closed;
    boolean diskIsFull;

    @Nullable
    Failure overspent;

    @Nullable
    BigDecimal allowance;

    @Nullable
    String wished;

    boolean ofTask;
    boolean noMoney;
    Instant earliest = ManualTime.START;
    Instant until = Instant.EPOCH;

    @Override
    public boolean admits(Task task) {
        return !closed;
    }

    @Override
    public void wishes(Task task, @Nullable String model) {
        wished = model;
    }

    @Override
    public Optional<Failure> overspent(TaskView task) {
        return Optional.ofNullable(overspent);
    }

    @Override
    public Optional<Allowance> allowance(TaskView task, @Nullable BigDecimal limit) {
        return noMoney
                ? Optional.empty()
                : Optional.of(new Allowance(allowance, allowance != null && !ofTask, allowance));
    }

    @Override
    public void begun(TaskId id) {
        told.add("begun");
    }

    @Override
    public void answered(TaskId id) {
        told.add("answered");
    }

    @Override
    public void succeeded(TaskId id) {
        told.add("succeeded");
    }

    @Override
    public Optional<Parked> failed(
            Task task, Failure failure, @Nullable UsageLimit limit, @Nullable String model, boolean capped) {
        told.add("failed " + failure.category() + (capped ? " capped" : ""));
        boolean ofEverybody =
                !failure.category().consumesAttempt() || (capped && failure.category() == FailureCategory.BUDGET);
        return ofEverybody
                ? Optional.of(new Parked(earliest, until, limit == null ? null : limit.window()))
                : Optional.empty();
    }

    @Override
    public boolean ownFilesFailed(Exception problem) {
        told.add("disk");
        return diskIsFull;
    }
}
