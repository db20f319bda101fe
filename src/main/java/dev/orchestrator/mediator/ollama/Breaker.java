package dev.orchestrator.mediator.ollama;

import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks from waiting for a server that does not answer: after some failures in a row nobody asks it for a while, then one
 * may find out whether it is back. Thread-safe.
 */
final class Breaker {
    private static final int MOST_FAILURES = 3;
    private static final Duration REST = Duration.ofSeconds(30);

    private final TimeSource time;
    private int failures;
    private @Nullable OllamaFailure last;
    private @Nullable Stopwatch sinceLast;
    private boolean trying;

    /** How it stands. */
    enum State {
        CLOSED,
        /**
         * It is time to look whether the server is back. Whoever hears this is the one that does, and says when that is over with
         * {@link #tried}; until then nobody else does, for a server that takes questions and answers none would have all wait.
         */
        TRY,
        OPEN
    }

    Breaker(TimeSource time) {
        this.time = time;
    }

    synchronized State state() {
        if (failures < MOST_FAILURES || sinceLast == null) {
            return State.CLOSED;
        }
        if (isOpen()) {
            return State.OPEN;
        }
        trying = true;
        return State.TRY;
    }

    /** True when there is no use in waiting for one's turn. */
    synchronized boolean isOpen() {
        return failures >= MOST_FAILURES && sinceLast != null && (trying || !sinceLast.reached(REST));
    }

    /** Whatever came of it. */
    synchronized void tried() {
        trying = false;
    }

    /** What it is open for. */
    synchronized OllamaFailure cause() {
        return last == null ? new OllamaFailure(OllamaFailure.Kind.ABSENT, "Ollama did not answer") : last;
    }

    /** True when this is the failure that opens it. A wait in vain was long enough for three. */
    synchronized boolean failed(OllamaFailure failure) {
        boolean wasOpen = failures >= MOST_FAILURES;
        failures += failure.kind() == OllamaFailure.Kind.TIMEOUT ? MOST_FAILURES : 1;
        failures = Math.min(failures, MOST_FAILURES);
        last = failure;
        sinceLast = Stopwatch.start(time);
        return !wasOpen && failures >= MOST_FAILURES;
    }

    /** True when it was open. */
    synchronized boolean answered() {
        boolean wasOpen = failures >= MOST_FAILURES;
        failures = 0;
        return wasOpen;
    }
}
