package dev.orchestrator.mediator.ollama;

import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.BUSY;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.CANCELLED;

import dev.orchestrator.mediator.Errand;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.TaskEvent.MediatorAsked;
import dev.orchestrator.time.Backoff;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model, asked with care: so many questions at a time, what passes is tried again, and a server that fails again and again
 * is left alone for a while. Thread-safe.
 */
public final class LocalModel {
    private static final Logger log = LoggerFactory.getLogger(LocalModel.class);
    private static final int MOST_TRIES = 3;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    private final OllamaClient client;
    private final Profile profile;
    private final Turnstile turnstile;
    private final Breaker breaker;
    private final RandomGenerator random;
    private volatile boolean usesTools;

    /**
     * Which model, and what is the same in all questions to it.
     *
     * @param name as Ollama has it
     * @param numCtx tokens of question and answer together
     * @param keepAlive how long it stays in memory afterwards
     * @param parallel how many questions at a time
     * @param queue how long a question waits for its turn
     */
    public record Profile(String name, int numCtx, Duration keepAlive, int parallel, Duration queue) {}

    public LocalModel(OllamaClient client, Profile profile, RandomGenerator random, TimeSource time) {
        this.client = client;
        this.profile = profile;
        this.turnstile = new Turnstile(profile.parallel(), time);
        this.breaker = new Breaker(time);
        this.random = random;
    }

    public Profile profile() {
        return profile;
    }

    ChatRequest.Options options(int numPredict) {
        return new ChatRequest.Options(profile.numCtx(), numPredict, 0, 0, profile.keepAlive());
    }

    /** Waits until it has an answer, or knows that it gets none. */
    Reply<ChatAnswer> ask(ChatRequest question, Cancellation cancellation) throws InterruptedException {
        if (breaker.isOpen()) {
            return leftAlone();
        }
        if (!turnstile.enter(profile.queue(), cancellation)) {
            return cancellation.isStopped()
                    ? Reply.failed(CANCELLED, "the question to Ollama was taken back")
                    : Reply.failed(BUSY, "others asked Ollama for so long that this question never came to it");
        }
        try {
            return unlessLeftAlone(question, cancellation);
        } finally {
            turnstile.leave();
        }
    }

    /** Who waited for its turn sees here what came of the one before: none has to wait in vain for what another knows. */
    private Reply<ChatAnswer> unlessLeftAlone(ChatRequest question, Cancellation cancellation)
            throws InterruptedException {
        return switch (breaker.state()) {
            case CLOSED -> tried(question, cancellation);
            case OPEN -> leftAlone();
            case TRY -> {
                try {
                    yield isBack() ? tried(question, cancellation) : leftAlone();
                } finally {
                    breaker.tried();
                }
            }
        };
    }

    private Reply<ChatAnswer> leftAlone() {
        OllamaFailure cause = breaker.cause();
        return Reply.failed(cause.kind(), cause.message() + "; it is left alone for a while");
    }

    /** True also when the server says nothing about that, as older ones do. What it said once stands. */
    Reply<Boolean> canUseTools() {
        if (usesTools) {
            return new Reply.Answered<>(true);
        }
        Reply<Boolean> reply = client.show(profile.name()).then(details -> new Reply.Answered<>(details.canUseTools()));
        usesTools = reply instanceof Reply.Answered<Boolean> answered && answered.value();
        return reply;
    }

    /**
     * What the journal has of a question.
     *
     * @param purpose what it was asked for, in a word
     * @param usable whether something came of it
     */
    MediatorAsked asked(
            Errand errand, String purpose, boolean usable, List<String> steps, ChatAnswer.Usage usage, Duration took) {
        return new MediatorAsked(
                errand.task(),
                errand.turn(),
                purpose,
                profile.name(),
                usable,
                steps,
                usage.promptTokens(),
                usage.answerTokens(),
                took.toMillis(),
                usage.load().toMillis());
    }

    private Reply<ChatAnswer> tried(ChatRequest question, Cancellation cancellation) throws InterruptedException {
        Reply<ChatAnswer> reply = client.chat(question, cancellation);
        for (int tries = 1; isWorthAnother(reply, tries); tries++) {
            if (cancellation.awaitEndNear(wait(tries))) {
                break;
            }
            reply = client.chat(question, cancellation);
        }
        remember(reply);
        return reply;
    }

    /** A server that is busy may be so for a moment; one that broke off twice will do so again. */
    private static boolean isWorthAnother(Reply<ChatAnswer> reply, int tries) {
        return reply instanceof Reply.Failed<ChatAnswer> failed
                && failed.failure().kind().isPassing()
                && tries < (failed.failure().kind() == BUSY ? MOST_TRIES : 2);
    }

    private Duration wait(int tries) {
        Duration longest = BACKOFF.after(tries - 1);
        return longest.dividedBy(2).plusMillis(random.nextLong(longest.toMillis() / 2 + 1));
    }

    private boolean isBack() {
        Reply<String> version = client.version();
        if (version instanceof Reply.Failed<String> failed) {
            breaker.failed(failed.failure());
            return false;
        }
        return true;
    }

    private void remember(Reply<ChatAnswer> reply) {
        if (reply instanceof Reply.Failed<ChatAnswer> failed
                && failed.failure().kind().isOfServer()) {
            if (breaker.failed(failed.failure())) {
                log.warn(
                        "Ollama is left alone for a while, and tasks are understood by rules: {}. {}",
                        failed.failure().message(),
                        failed.failure().advice());
            }
        } else if (!isCancelled(reply) && breaker.answered()) {
            log.info("Ollama answers again.");
        }
    }

    private static boolean isCancelled(Reply<ChatAnswer> reply) {
        return reply instanceof Reply.Failed<ChatAnswer> failed
                && failed.failure().kind() == CANCELLED;
    }

    /** Has the model loaded, so that the first task need not wait for it. What fails here is told by the first question. */
    public void warmUp(Cancellation cancellation) throws InterruptedException {
        Reply<ChatAnswer> reply =
                ask(new ChatRequest(profile.name(), List.of(), null, null, null, options(1)), cancellation);
        if (reply instanceof Reply.Failed<ChatAnswer> failed && !isCancelled(reply)) {
            log.warn(
                    "The model {} could not be loaded: {}. {}",
                    profile.name(),
                    failed.failure().message(),
                    failed.failure().advice());
        }
    }
}
