package dev.orchestrator.mediator;

import dev.orchestrator.task.Move;

/**
 * Leads a task step by step: told how it stands, it says what is to be done next. It grants nothing and does nothing itself.
 * Implementations are thread-safe and remember nothing between two questions, so that a daemon that died goes on where it was.
 */
@FunctionalInterface
public interface Coordinator {
    /** Where no model is. */
    Coordinator NOBODY = (situation, errand) -> new Decision.Unable(
            "there is no local model that could coordinate it",
            "Name one that can use tools in `ollama.model`, or remove `coordinator` and drop the task again.");

    Decision next(Situation situation, Errand errand) throws InterruptedException;

    /** What it said. */
    sealed interface Decision {
        record Moves(Move move) implements Decision {}

        /** Asking again would not help. */
        record Unable(String problem, String remedy) implements Decision {}

        /** It cannot be asked just now. */
        record Away(String problem) implements Decision {}

        /** Nobody waits for the answer any more. */
        record Stopped() implements Decision {}
    }
}
