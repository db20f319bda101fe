package dev.orchestrator.telegram;

import dev.orchestrator.telegram.Conversation.Answer;
import dev.orchestrator.time.Backoff;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is answered, in order in each chat. Telegram may want to be left alone in one chat for a minute, or not be there at all, and
 * whoever gives an order is heard meanwhile: so its thread is its own. What cannot be said for minutes is not. Thread-safe.
 */
final class Answers implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final Duration UNTIL_WOKEN = Duration.ofHours(1);
    private static final int MOST_TRIES = 8;
    private static final int MOST_WAITING = 200;

    private final Speaker speaker;
    private final TimeSource time;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Map<Long, Instant> rests = new HashMap<>();
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean ended;

    /** @param tries so far */
    private record Pending(long chat, Answer answer, int tries) {}

    Answers(Speaker speaker, TimeSource time) {
        this.speaker = speaker;
        this.time = time;
    }

    /** To be said soon; when there are too many, the oldest is not. */
    void put(long chat, Answer answer) {
        synchronized (this) {
            waiting.addLast(new Pending(chat, answer, 0));
            if (waiting.size() > MOST_WAITING) {
                waiting.removeFirst();
                log.warn("Telegram takes answers too slowly; one is not told.");
            }
        }
        woken.release();
    }

    @Override
    public void run() {
        try {
            Duration rest = Duration.ZERO;
            while (!ended) {
                rest = round();
                woken.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            }
            while (round().isZero()) {
                log.debug("One more answer is said before the end.");
            }
        } catch (InterruptedException e) {
            log.debug("Nothing more is answered.");
        }
    }

    /** What can be said now is said still. */
    void end() {
        ended = true;
        woken.release();
    }

    /** Says one; answers how long to rest. */
    Duration round() {
        Optional<Pending> next = next();
        if (next.isEmpty()) {
            return untilNext();
        }
        try {
            settle(next.get(), now(next.get().chat(), next.get().answer()));
        } catch (RuntimeException | Error e) {
            log.error("An answer could not be said in Telegram.", e);
        }
        return Duration.ZERO;
    }

    /** Says one at once, in whatever order. */
    Outcome<Integer> now(long chat, Answer answer) {
        return answer.fixed() ? speaker.show(chat, answer.text()) : speaker.say(chat, answer.text(), null);
    }

    /** The first in a chat that is not to be left alone. */
    private synchronized Optional<Pending> next() {
        Instant now = time.now();
        rests.values().removeIf(until -> !until.isAfter(now));
        for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
            Pending pending = each.next();
            if (!rests.containsKey(pending.chat())) {
                each.remove();
                return Optional.of(pending);
            }
        }
        return Optional.empty();
    }

    private synchronized Duration untilNext() {
        Instant now = time.now();
        return waiting.stream()
                .map(Pending::chat)
                .map(chat ->
                        Duration.between(now, rests.getOrDefault(chat, now)).plusMillis(1))
                .min(Duration::compareTo)
                .orElse(UNTIL_WOKEN);
    }

    private synchronized void settle(Pending pending, Outcome<Integer> outcome) {
        if (outcome instanceof Outcome.Done) {
            return;
        }
        if (outcome instanceof Outcome.Refused || pending.tries() + 1 >= MOST_TRIES) {
            log.warn("An answer could not be said in Telegram: {}", Outcome.why(outcome));
            return;
        }
        Duration rest =
                outcome instanceof Outcome.TooMuch<Integer> tooMuch ? tooMuch.rest() : BACKOFF.after(pending.tries());
        rests.put(pending.chat(), time.now().plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest));
        waiting.addFirst(new Pending(pending.chat(), pending.answer(), pending.tries() + 1));
    }
}
