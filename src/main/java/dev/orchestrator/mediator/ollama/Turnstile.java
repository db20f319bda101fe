package dev.orchestrator.mediator.ollama;

import dev.orchestrator.task.Cancellation;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets so many through at a time. Ollama works on one question at a time unless it is told otherwise; who waits here can be
 * called away, and who waits there cannot be told from a stuck server. Who came first goes first. Thread-safe.
 */
final class Turnstile {
    private final TimeSource time;
    private final Deque<Object> line = new ArrayDeque<>();
    private int places;

    Turnstile(int places, TimeSource time) {
        this.places = places;
        this.time = time;
    }

    /** Waits for a place, {@code atMost} so long; false when there was none, or {@code cancellation} came first. */
    synchronized boolean enter(Duration atMost, Cancellation cancellation) throws InterruptedException {
        Object me = new Object();
        line.add(me);
        try {
            if (!isMyTurn(me)) {
                cancellation.onStop(this::wakeAll);
            }
            Stopwatch waiting = Stopwatch.start(time);
            while (!isMyTurn(me) && !cancellation.isStopped() && !waiting.reached(atMost)) {
                wait(Math.max(1, atMost.minus(waiting.elapsed()).toMillis()));
            }
            if (!isMyTurn(me) || cancellation.isStopped()) {
                return false;
            }
            places--;
            return true;
        } finally {
            line.remove(me);
            // Another is the first one now, and there may be a place for it.
            notifyAll();
        }
    }

    private boolean isMyTurn(Object me) {
        return places > 0 && me.equals(line.peek());
    }

    synchronized void leave() {
        places++;
        notifyAll();
    }

    private synchronized void wakeAll() {
        notifyAll();
    }
}
