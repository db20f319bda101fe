package dev.orchestrator.health;

import dev.orchestrator.config.OllamaConfig;
import dev.orchestrator.mediator.ollama.ModelInfo;
import dev.orchestrator.mediator.ollama.OllamaClient;
import dev.orchestrator.mediator.ollama.OllamaFailure;
import dev.orchestrator.mediator.ollama.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Whether the local model is there that the settings name. Nothing here loads it: that may take minutes. */
final class OllamaChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private OllamaChecks() {}

    static List<Check> of(Settings settings) {
        return List.of(
                new Check("model", "ollama", settings.ifValid(config -> asked(config.ollama(), OllamaChecks::server))),
                new Check("model", "model", settings.ifValid(config -> {
                    OllamaConfig ollama = config.ollama();
                    return asked(ollama, client -> model(ollama, client));
                })));
    }

    private static CheckResult asked(OllamaConfig config, Function<OllamaClient, CheckResult> question) {
        if (config.model().isEmpty()) {
            return CheckResult.ok("none: tasks are understood by rules");
        }
        try (OllamaClient client =
                new OllamaClient(config.url(), new OllamaClient.Patience(PATIENCE, PATIENCE, PATIENCE, PATIENCE))) {
            return question.apply(client);
        }
    }

    /** Tasks are done without it, so it is never more than a warning. */
    private static CheckResult server(OllamaClient client) {
        Reply<String> version = client.version();
        if (version instanceof Reply.Failed<String> failed) {
            return warning(failed.failure());
        }
        String found = ((Reply.Answered<String>) version).value() + " at " + client.address();
        return client.address().isLocal()
                ? CheckResult.ok(found)
                : CheckResult.warn(
                        found + ": the texts of tasks leave this machine",
                        "Set ollama.url to a server of this machine, unless you trust that one with your tasks.");
    }

    private static CheckResult model(OllamaConfig config, OllamaClient client) {
        String wanted = config.model().orElseThrow();
        Reply<List<ModelInfo.Entry>> models = client.models();
        if (models instanceof Reply.Failed<List<ModelInfo.Entry>> failed) {
            return warning(failed.failure());
        }
        return ((Reply.Answered<List<ModelInfo.Entry>>) models)
                .value().stream()
                        .filter(entry -> ModelInfo.isSame(entry.name(), wanted))
                        .findFirst()
                        .map(entry ->
                                entry.remote() ? elsewhere(entry) : known(config, entry, client.show(entry.name())))
                        .orElseGet(() -> CheckResult.warn("there is no model " + wanted, "ollama pull " + wanted));
    }

    private static CheckResult known(OllamaConfig config, ModelInfo.Entry entry, Reply<ModelInfo.Details> details) {
        if (details instanceof Reply.Failed<ModelInfo.Details> failed) {
            return warning(failed.failure());
        }
        ModelInfo.Details known = ((Reply.Answered<ModelInfo.Details>) details).value();
        if (known.remote()) {
            return elsewhere(entry);
        }
        if (!known.canAnswer()) {
            return CheckResult.warn(entry.name() + " cannot answer questions", "Take a model that can, say llama3.2.");
        }
        long context = known.contextLength();
        return context > 0 && context < config.numCtx()
                ? CheckResult.warn(
                        entry.name() + " was made for " + context + " tokens, fewer than `ollama.num_ctx`",
                        "Set ollama.num_ctx: " + context)
                : CheckResult.ok(entry.name());
    }

    private static CheckResult elsewhere(ModelInfo.Entry entry) {
        return CheckResult.warn(
                entry.name() + " runs elsewhere: the texts of tasks leave this machine, and it keeps to no form",
                "Take a model that runs here.");
    }

    private static CheckResult warning(OllamaFailure failure) {
        return CheckResult.warn(
                failure.message() + "; tasks are understood by rules",
                failure.advice().isEmpty() ? "Try again." : failure.advice());
    }
}
