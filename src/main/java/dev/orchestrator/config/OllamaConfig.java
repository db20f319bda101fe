package dev.orchestrator.config;

import dev.orchestrator.mediator.ollama.OllamaAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The local model that understands requests.
 *
 * @param model empty when there is none
 * @param numCtx tokens of question and answer together
 * @param keepAlive how long the model stays in memory after a question
 * @param loadTimeout for the first sign of an answer
 * @param timeout for the whole answer after that
 * @param parallel how many questions at a time
 * @param briefs whether agents also get requests in the model's words
 * @param summaries whether long reports are summed up
 * @param judge whether success criteria are judged
 * @param coordinatorRuns of the agent in one turn of a task that the model leads
 * @param coordinatorMoves of the model in one such turn
 */
public record OllamaConfig(
        OllamaAddress url,
        Optional<String> model,
        int numCtx,
        Duration keepAlive,
        Duration loadTimeout,
        Duration timeout,
        int parallel,
        boolean briefs,
        boolean summaries,
        boolean judge,
        int coordinatorRuns,
        int coordinatorMoves) {

    static OllamaConfig from(Values values) {
        return new OllamaConfig(
                values.get(OllamaSettings.OLLAMA_URL),
                values.get(OllamaSettings.OLLAMA_MODEL),
                values.get(OllamaSettings.OLLAMA_NUM_CTX),
                values.get(OllamaSettings.OLLAMA_KEEP_ALIVE),
                values.get(OllamaSettings.OLLAMA_LOAD_TIMEOUT),
                values.get(OllamaSettings.OLLAMA_TIMEOUT),
                values.get(OllamaSettings.OLLAMA_PARALLEL),
                values.get(OllamaSettings.OLLAMA_BRIEFS),
                values.get(OllamaSettings.OLLAMA_SUMMARIES),
                values.get(OllamaSettings.OLLAMA_JUDGE),
                values.get(OllamaSettings.COORDINATOR_RUNS),
                values.get(OllamaSettings.COORDINATOR_MOVES));
    }
}
