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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The local model, if there is one, from the daemon's start to its end; another one when the settings say so. Thread-safe. */
final class LocalMind implements AutoCloseable {
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Ports ports;
    private final ThreadFactory threads;
    private final RandomGenerator random;
    private final TimeSource time;
    private final Cancellation end = new Cancellation();
    /** Of earlier settings: a question that is on its way is answered still. */
    private final List<OllamaClient> clients = new ArrayList<>();

    private volatile Mind current;

    /** What it asks of others. */
    record Ports(RuleMediator rules, Templates templates, Redactor redactor, EventSink journal) {}

    /** @param model null when there is none */
    private record Mind(@Nullable LocalModel model, Mediator mediator, Coordinator coordinator) {}

    LocalMind(OllamaConfig config, Ports ports, ThreadFactory threads, RandomGenerator random, TimeSource time) {
        this.ports = ports;
        this.threads = threads;
        this.random = random;
        this.time = time;
        this.current = mind(config);
    }

    private Mind mind(OllamaConfig config) {
        if (config.model().isEmpty()) {
            return new Mind(null, ports.rules(), Coordinator.NOBODY);
        }
        OllamaClient client = client(config);
        clients.add(client);
        LocalModel model = new LocalModel(client, profile(config), random, time);
        OllamaMediator.Uses uses = new OllamaMediator.Uses(config.briefs(), config.summaries(), config.judge());
        return new Mind(
                model,
                new OllamaMediator(
                        model, ports.rules(), ports.templates(), uses, ports.redactor(), ports.journal(), time),
                new OllamaCoordinator(model, ports.redactor(), ports.journal(), time));
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
        return current.model() != null;
    }

    Mediator mediator() {
        return new LiveMediator(() -> current.mediator());
    }

    Coordinator coordinator() {
        return (situation, errand) -> current.coordinator().next(situation, errand);
    }

    /** Has the model loaded while the daemon does other things. */
    void start() {
        LocalModel model = current.model();
        if (model != null) {
            threads.newThread(() -> load(model)).start();
        }
    }

    /** From now on it is the one that {@code config} names. */
    synchronized void follow(OllamaConfig config) {
        current = mind(config);
        start();
    }

    private void load(LocalModel model) {
        try {
            model.warmUp(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        end.stop(Cancellation.Reason.SHUTDOWN_STOP);
        clients.forEach(OllamaClient::close);
    }
}
