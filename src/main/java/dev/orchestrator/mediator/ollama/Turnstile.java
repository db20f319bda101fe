package dev.orchestrator.mediator.ollama;

import dev.orchestrator.task.Cancellation;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;

/**
 * Lets so many through at a time. Ollama works on one question at a time unless it is told otherwise; who waits here can be
 * called away, and who waits there cannot be told from a stuck server. Thread-safe.
 */
final class Turnstile {
    private final TimeSource time;
    private int places;

    Turnstile(int places, TimeSource time) {
        this.places = places;
        this.time = time;
    }

    /** Waits for a place, {@code atMost} so long; false when there was none, or {@code cancellation} came first. */
    synchronized boolean enter(Duration atMost, Cancellation cancellation) throws InterruptedException {
        if (places == 0) {
            cancellation.onStop(this::wakeAll);
        }
        Stopwatch waiting = Stopwatch.start(time);
        while (places == 0 && !cancellation.isStopped() && !waiting.reached(atMost)) {
            wait(Math.max(1, atMost.minus(waiting.elapsed()).toMillis()));
        }
        if (places == 0 || cancellation.isStopped()) {
            return false;
        }
        places--;
        return true;
    }

    synchronized void leave() {
        places++;
        notifyAll();
    }

    private synchronized void wakeAll() {
        notifyAll();
    }
}
