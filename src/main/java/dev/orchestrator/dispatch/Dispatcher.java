package dev.orchestrator.dispatch;

import dev.orchestrator.engine.Gate;
import dev.orchestrator.pipeline.Dispatch;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.task.UsageLimit;
import dev.orchestrator.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether tasks may be started: the gate that the engine asks, and the place where the pipeline tells what concerns
 * more than one task. Thread-safe.
 */
public final class Dispatcher implements Gate, Dispatch {
    private final Supplier<Rules> rules;
    private final TimeSource time;
    private final Holds holds;
    private final Circuit circuit;
    private final AgentLack lack;
    private final DiskHold disk;
    private final Budget budget;
    private final UsageLimits limits;
    private volatile Runnable opened = () -> {};
    private final Models models;

    /**
     * What the settings say.
     *
     * @param resumeAfterLimit what happens when a usage window begins anew
     * @param model for tasks that name none; null leaves the choice to the agent
     * @param workers how many runs there may be at the same time
     */
    public record Rules(
            Resume resumeAfterLimit, Caps caps, @Nullable String model, int workers) {}

    /** What happens when a usage window begins anew. */
    public enum Resume {
        AUTO,
        /** The user is told, and says when to go on. */
        ASK,
        /** Nothing happens until the user says so. */
        OFF
    }

    public Dispatcher(
            Supplier<Rules> rules,
            Supplier<StateIndex.Spent> spent,
            Surroundings surroundings,
            EventSink journal,
            RandomGenerator random,
            TimeSource time) {
        this.rules = rules;
        this.time = time;
        this.models = new Models(rules);
        this.holds = new Holds(journal);
        this.circuit = new Circuit(time);
        this.lack = new AgentLack(holds, circuit, surroundings, time);
        this.disk = new DiskHold(holds, surroundings, time);
        this.budget = new Budget(() -> rules.get().caps(), spent);
        this.limits = new UsageLimits(holds, () -> rules.get().resumeAfterLimit(), random, time);
    }

    /**
     * To be called before anything is started.
     *
     * @param earlier what an earlier daemon left in the way
     * @param active tasks that it left
     * @param whenOpened run when a task that was refused may be let through now
     */
    public void restore(Collection<Hold> earlier, Collection<TaskView> active, Runnable whenOpened) {
        opened = whenOpened;
        budget.restore(active);
        holds.restore(earlier);
        for (Hold hold : earlier) {
            if (hold.cause().isLackOfAgent()) {
                circuit.restore(hold.cause());
            }
        }
    }

    /** What is in the way now. */
    public List<Hold> holds() {
        return holds.all();
    }

    @Override
    public Verdict verdict(Task task) {
        Verdict verdict = Verdict.OPEN;
        for (Hold hold : inTheWayOf(task)) {
            if (hold.cause().isLackOfAgent()) {
                verdict = circuit.admits(task.id()) ? verdict : Verdict.NEEDS_SOMEBODY;
            } else if (opensByItself(hold)) {
                verdict = verdict == Verdict.OPEN ? Verdict.OPENS_BY_ITSELF : verdict;
            } else {
                return Verdict.NEEDS_SOMEBODY;
            }
        }
        if (verdict == Verdict.OPEN && budget.hold(time.now()).isPresent()) {
            return Verdict.NEEDS_SOMEBODY;
        }
        boolean waits = verdict == Verdict.OPEN && budget.isSetAside(task.id(), time.now());
        return waits ? Verdict.OPENS_BY_ITSELF : verdict;
    }

    @Override
    public boolean enter(Task task) {
        return verdict(task) == Verdict.OPEN && takesPlace(task);
    }

    private List<Hold> inTheWayOf(Task task) {
        return holds.inTheWayOf(task, models.of(task));
    }

    private static boolean isOfBuiltInAgent(Task task) {
        return task.spec().agent() == null;
    }

    /** Of several that ask at the same time, only as many as there are places. */
    private boolean takesPlace(Task task) {
        TaskId id = task.id();
        if (!budget.begin(id, time.now())) {
            return false;
        }
        boolean enters = circuit.enter(id, isOfBuiltInAgent(task));
        if (!enters) {
            budget.begunOrNot(id);
        }
        return enters;
    }

    @Override
    public void leave(TaskId id) {
        circuit.leave(id);
        budget.over(id);
    }

    @Override
    public boolean admits(Task task) {
        boolean held = inTheWayOf(task).stream()
                .anyMatch(hold -> !hold.cause().isLackOfAgent() && hold.cause() != Hold.Cause.BUDGET);
        // One whose run an earlier daemon left comes here without having come through the gate.
        return !held && !budget.isSetAside(task.id(), time.now()) && takesPlace(task);
    }

    @Override
    public void wishes(Task task, @Nullable String model) {
        models.wish(task, model);
    }

    @Override
    public Optional<Failure> overspent(TaskView task) {
        return budget.overspent(task);
    }

    @Override
    public Optional<Allowance> allowance(TaskView task, @Nullable BigDecimal limit) {
        return budget.allowance(task, limit, rules.get().workers(), time.now());
    }

    @Override
    public void begun(TaskId id) {
        budget.begunOrNot(id);
    }

    @Override
    public void answered(TaskId id) {
        limits.answered();
        if (lack.answered(id)) {
            opened.run();
        }
    }

    @Override
    public void succeeded(TaskId id) {
        answered(id);
        circuit.forget(id);
    }

    /** {@code id} begins anew. */
    public void forget(TaskId id) {
        circuit.forget(id);
    }

    @Override
    public Optional<Parked> failed(
            Task task, Failure failure, @Nullable UsageLimit limit, @Nullable String model, boolean capped) {
        Instant now = time.now();
        if (model != null) {
            models.told(task, model);
        }
        Optional<Hold.Cause> cause = Circuit.causeOf(failure.category());
        if (cause.isPresent()) {
            return lack.failed(cause.get(), task.id(), failure);
        }
        if (failure.category() == FailureCategory.USAGE_LIMIT) {
            return Optional.of(parked(task, limit == null ? new UsageLimit("unknown", null, null) : limit));
        }
        if (capped && failure.category() == FailureCategory.BUDGET) {
            budget.partWasTooSmall(task.id());
            lookAtBudget();
            return Optional.of(new Parked(now, now, null));
        }
        return Optional.empty();
    }

    /** What the gate does not hold waits by itself: its model is called otherwise, or it was another model that it called in. */
    private Parked parked(Task task, UsageLimit limit) {
        Instant until = limits.reached(limit);
        boolean held =
                holds.concerning(models.of(task)).stream().anyMatch(hold -> hold.cause() == Hold.Cause.USAGE_LIMIT);
        return new Parked(held ? time.now() : until, until, limit.window());
    }

    @Override
    public boolean ownFilesFailed(Exception problem) {
        return disk.failed();
    }

    /** A person wants nothing to be started. */
    public void pause(String by, String reason) {
        String why = reason.isEmpty() ? "paused by " + by : "paused by " + by + ": " + reason;
        holds.put(new Hold(Hold.Cause.PERSON, null, why, "`resume` goes on.", time.now(), null), by);
    }

    /** A person wants to go on: what he can lift is lifted, what may be mended is tried. Returns what is still in the way. */
    public List<Hold> resume(String by) {
        for (Hold hold : holds.all()) {
            if (hold.cause() == Hold.Cause.PERSON || hold.cause() == Hold.Cause.USAGE_LIMIT) {
                holds.remove(hold.key(), "resumed by " + by, by);
            }
        }
        circuit.tryNow();
        look();
        opened.run();
        return holds.all();
    }

    /** Looks whether anything has begun or ceased to be in the way. To be called often; does little most of the time. */
    public void look() {
        boolean changed = limits.look();
        changed |= lookAtBudget();
        if (changed) {
            opened.run();
        }
    }

    /** Looks whether there is room for tasks. To be called before the first is started. */
    public void lookAtDisk() {
        if (disk.look()) {
            opened.run();
        }
    }

    /** As {@link #look}, but asks the agent's program and tries the disk, which may take seconds. */
    public void lookAround() throws InterruptedException {
        boolean changed = disk.look();
        changed |= lack.look();
        if (changed) {
            opened.run();
        }
    }

    private synchronized boolean lookAtBudget() {
        Optional<Hold> wanted = budget.spent(time.now());
        Optional<Hold> known = holds.of(Hold.Cause.BUDGET);
        if (wanted.isEmpty()) {
            return known.isPresent()
                    && holds.remove(known.get().key(), "there is money left again", Holds.ORCHESTRATOR);
        }
        boolean same = known.filter(hold -> hold.remedy().equals(wanted.get().remedy()))
                .isPresent();
        if (!same) {
            holds.put(wanted.get(), Holds.ORCHESTRATOR);
        }
        return false;
    }

    private boolean opensByItself(Hold hold) {
        boolean goesOn = hold.cause() == Hold.Cause.USAGE_LIMIT && rules.get().resumeAfterLimit() == Resume.AUTO;
        return hold.cause() == Hold.Cause.DISK || goesOn;
    }
}
