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

    /** How it stands. */
    enum State {
        CLOSED,
        /** It is time to look whether the server is back; whoever hears this is the one that does. */
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
        if (!sinceLast.reached(REST)) {
            return State.OPEN;
        }
        sinceLast.restart();
        return State.TRY;
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
