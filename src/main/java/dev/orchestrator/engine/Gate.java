package dev.orchestrator.engine;

import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;

/**
 * Whether tasks may be started now. Thread-safe, and quick: an engine asks while it chooses. Whoever makes a gate tells the
 * engine when it may have opened, see {@link Engine#lookAgain}.
 */
public interface Gate {
    Gate ALWAYS_OPEN = new Gate() {
        @Override
        public Verdict verdict(Task task) {
            return Verdict.OPEN;
        }

        @Override
        public boolean enter(Task task) {
            return true;
        }

        @Override
        public void leave(TaskId id) {}
    };

    /** How a task finds the gate. */
    enum Verdict {
        OPEN,
        /** Closed until a time. */
        OPENS_BY_ITSELF,
        /** Closed until somebody does something. */
        NEEDS_SOMEBODY
    }

    /** The same for all tasks of one directory that ask for the same model of the same agent. */
    Verdict verdict(Task task);

    /** Lets {@code task} through; false when the gate has closed meanwhile. */
    boolean enter(Task task);

    /** {@code id}, which was let through, is out of the handler's hands. */
    void leave(TaskId id);
}
