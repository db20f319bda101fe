package dev.orchestrator.dispatch;

import dev.orchestrator.pipeline.Dispatch.Parked;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import java.time.Instant;
import java.util.Optional;

/** Tells what the agent lacks, in holds that open and close with the {@link Circuit}. Thread-safe. */
final class AgentLack {
    private final Holds holds;
    private final Circuit circuit;
    private final Surroundings surroundings;
    private final TimeSource time;

    AgentLack(Holds holds, Circuit circuit, Surroundings surroundings, TimeSource time) {
        this.holds = holds;
        this.circuit = circuit;
        this.surroundings = surroundings;
        this.time = time;
    }

    /**
     * A run of {@code id} failed for something that all tasks need.
     *
     * @return empty when others do well without it, again and again
     */
    synchronized Optional<Parked> failed(Hold.Cause cause, TaskId id, Failure failure) {
        if (circuit.isRefuted(id)) {
            return Optional.empty();
        }
        Optional<Hold.Cause> before = circuit.cause();
        Circuit.Opened opened = circuit.open(cause, id);
        Instant now = time.now();
        if (opened.news()) {
            before.filter(other -> other != cause).ifPresent(other -> remove(other, "it is something else now"));
            holds.put(
                    new Hold(cause, null, failure.message(), failure.suggestedAction(), now, null), Holds.ORCHESTRATOR);
        }
        return Optional.of(new Parked(now.plus(opened.rest()), now, null));
    }

    /** {@code id} got an answer; true when that opens the way for all. */
    synchronized boolean answered(TaskId id) {
        Optional<Hold.Cause> over = circuit.answered(id);
        over.ifPresent(cause -> remove(cause, "task " + id + " got an answer"));
        return over.isPresent();
    }

    /** Asks, when it is time to, whether what is lacking is there; true when a task may try. */
    boolean look() throws InterruptedException {
        Optional<Hold.Cause> cause = circuit.cause();
        if (cause.isEmpty() || !circuit.isDue()) {
            return false;
        }
        if (!surroundings.mayBeMended(cause.get())) {
            circuit.stillMissing();
            return false;
        }
        circuit.tryNow();
        return true;
    }

    private void remove(Hold.Cause cause, String reason) {
        holds.remove(new Hold.Key(cause, null), reason, Holds.ORCHESTRATOR);
    }
}
