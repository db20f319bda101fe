package dev.orchestrator.task;

import java.time.Instant;

/** What the handler of a task tells the engine: what becomes of the task now. */
public sealed interface Outcome {

    /** The task is over; {@code status} is final. */
    record Finished(TaskStatus status) implements Outcome {
        public Finished {
            if (!status.isFinal()) {
                throw new IllegalArgumentException("a finished task cannot be " + status);
            }
        }
    }

    /** Run the task again, not before {@code notBefore}. */
    record RetryAt(Instant notBefore) implements Outcome {}

    /** A person has the next move; the engine keeps the task out of its queue until it is signalled. */
    record Waiting(TaskStatus status) implements Outcome {
        public Waiting {
            if (!status.awaitsPerson()) {
                throw new IllegalArgumentException(status + " does not wait for a person");
            }
        }
    }

    /** The handler stopped because the engine is closing; the task stays as it is for the next start. */
    record LeftForNextStart() implements Outcome {}
}
