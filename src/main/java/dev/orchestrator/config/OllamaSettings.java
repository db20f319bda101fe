package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.duration;
import static dev.orchestrator.config.ValueTypes.durationOrZero;
import static dev.orchestrator.config.ValueTypes.ollamaAddress;
import static dev.orchestrator.config.ValueTypes.text;
import static dev.orchestrator.config.ValueTypes.wholeNumber;
import static dev.orchestrator.config.ValueTypes.yesOrNo;

import dev.orchestrator.mediator.ollama.OllamaAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The local model that understands requests; rows of {@link Settings}. */
final class OllamaSettings {
    private static final Rows ROWS = new Rows();

    static final Setting<OllamaAddress> OLLAMA_URL = ROWS.row(
            "ollama.url", ollamaAddress(), OllamaAddress.parse(""), "Where Ollama listens.", Alias.same("OLLAMA_HOST"));

    static final Setting<Optional<String>> OLLAMA_MODEL = ROWS.row(
            "ollama.model",
            text().optional(),
            Optional.empty(),
            "The model that understands requests, as `ollama list` names it; without one, rules do.",
            Alias.same("OLLAMA_MODEL"));

    static final Setting<Integer> OLLAMA_NUM_CTX = ROWS.row(
            "ollama.num_ctx",
            wholeNumber(2_048, 1_000_000),
            8_192,
            "How many tokens a question and its answer may have together; the model is loaded with this.");

    static final Setting<Duration> OLLAMA_KEEP_ALIVE = ROWS.row(
            "ollama.keep_alive",
            durationOrZero(),
            Duration.ofMinutes(10),
            "How long the model stays in memory after a question.");

    static final Setting<Duration> OLLAMA_LOAD_TIMEOUT = ROWS.row(
            "ollama.load_timeout",
            duration(),
            Duration.ofMinutes(5),
            "How long to wait for the first sign of an answer, the loading of the model included: Ollama begins that anew for"
                    + " who goes away.");

    static final Setting<Duration> OLLAMA_TIMEOUT = ROWS.row(
            "ollama.timeout",
            duration(),
            Duration.ofMinutes(3),
            "How long an answer may take from its first sign to its end.");

    static final Setting<Integer> OLLAMA_PARALLEL = ROWS.row(
            "ollama.parallel",
            wholeNumber(1, 16),
            1,
            "How many questions at a time; Ollama itself works on one unless `OLLAMA_NUM_PARALLEL` says otherwise.");

    static final Setting<Boolean> OLLAMA_BRIEFS = ROWS.row(
            "ollama.briefs",
            yesOrNo(),
            false,
            "Whether the model also puts each request in other words, which the agent reads besides the request itself.");

    static final Setting<Boolean> OLLAMA_SUMMARIES = ROWS.row(
            "ollama.summaries",
            yesOrNo(),
            true,
            "Whether the model sums up what the agent reported, where that is long.");

    static final Setting<Boolean> OLLAMA_JUDGE = ROWS.row(
            "ollama.judge",
            yesOrNo(),
            true,
            "Whether the model says which success criteria of a task are met; never more than a warning.");

    static final Setting<Integer> COORDINATOR_RUNS = ROWS.row(
            "coordinator.runs",
            wholeNumber(1, 50),
            6,
            "How often the agent may be run in one turn of a task that the local model leads (`coordinator`).");

    static final Setting<Integer> COORDINATOR_MOVES = ROWS.row(
            "coordinator.moves",
            wholeNumber(2, 200),
            30,
            "How many moves the local model may make in one turn of such a task, those runs among them.");

    private OllamaSettings() {}

    static List<Setting<?>> rows() {
        return ROWS.all();
    }
}
