package dev.orchestrator;

import dev.orchestrator.config.OllamaConfig;
import dev.orchestrator.mediator.Coordinator;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.mediator.ollama.LocalModel;
import dev.orchestrator.mediator.ollama.OllamaClient;
import dev.orchestrator.mediator.ollama.OllamaCoordinator;
import dev.orchestrator.mediator.ollama.OllamaMediator;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The local model, if there is one, from the daemon's start to its end. */
final class LocalMind implements AutoCloseable {
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final @Nullable OllamaClient client;
    private final @Nullable LocalModel model;
    private final OllamaConfig config;
    private final Thread warmUp;
    private final Cancellation end = new Cancellation();

    LocalMind(OllamaConfig config, ThreadFactory threads, RandomGenerator random, TimeSource time) {
        this.config = config;
        this.client = config.model().isEmpty() ? null : client(config);
        this.model = client == null ? null : new LocalModel(client, profile(config), random, time);
        this.warmUp = threads.newThread(this::load);
    }

    static OllamaClient client(OllamaConfig config) {
        Duration silence = config.timeout().compareTo(SILENCE) < 0 ? config.timeout() : SILENCE;
        return new OllamaClient(
                config.url(), new OllamaClient.Patience(PROBE, config.loadTimeout(), silence, config.timeout()));
    }

    private static LocalModel.Profile profile(OllamaConfig config) {
        return new LocalModel.Profile(
                config.model().orElseThrow(),
                config.numCtx(),
                config.keepAlive(),
                config.parallel(),
                config.loadTimeout().plus(config.timeout()));
    }

    boolean isThere() {
        return model != null;
    }

    Mediator mediator(RuleMediator rules, Templates templates, Redactor redactor, EventSink journal, TimeSource time) {
        return model == null
                ? rules
                : new OllamaMediator(
                        model,
                        rules,
                        templates,
                        new OllamaMediator.Uses(config.briefs(), config.summaries(), config.judge()),
                        redactor,
                        journal,
                        time);
    }

    Coordinator coordinator(Redactor redactor, EventSink journal, TimeSource time) {
        return model == null ? Coordinator.NOBODY : new OllamaCoordinator(model, redactor, journal, time);
    }

    /** Has the model loaded while the daemon does other things. */
    void start() {
        if (model != null) {
            warmUp.start();
        }
    }

    private void load() {
        try {
            if (model != null) {
                model.warmUp(end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.stop(Cancellation.Reason.SHUTDOWN_STOP);
        if (client != null) {
            client.close();
        }
    }
}
