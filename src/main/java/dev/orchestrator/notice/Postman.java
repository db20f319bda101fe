package dev.orchestrator.notice;

import dev.orchestrator.notice.Channel.Delivery;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.NoticeEvent.NoticeRefused;
import dev.orchestrator.task.NoticeEvent.NoticeSent;
import dev.orchestrator.time.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the notices of one channel there, in order. That one was taken is in the journal before the next is; so after a crash
 * the last one at most is told again, under the same id. Nothing is lost while nobody takes it. Its thread is its own, so that
 * no channel waits for another.
 */
final class Postman implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Postman.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    /** What nobody wants to hear of is put aside now and then. */
    private static final int MANY = 100;

    private final Channel channel;
    private final Supplier<List<Notice>> pending;
    private final Predicate<Notice> wanted;
    private final Letters letters;
    private final EventSink journal;
    private final Semaphore end = new Semaphore(0);
    private int failures;

    /**
     * @param pending what is to be told there, in order
     * @param wanted what the user wants to hear of
     */
    Postman(
            Channel channel,
            Supplier<List<Notice>> pending,
            Predicate<Notice> wanted,
            Letters letters,
            EventSink journal) {
        this.channel = channel;
        this.pending = pending;
        this.wanted = wanted;
        this.letters = letters;
        this.journal = journal;
    }

    @Override
    public void run() {
        Duration wait = Duration.ZERO;
        try {
            while (!end.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = round();
            }
            // What happened last is often the end of all, and whoever is away is told of it at once if that can be.
            do {
                wait = round();
            } while (failures == 0 && wait.isZero());
            lastPassOver();
        } catch (InterruptedException e) {
            log.debug("The postman of {} goes home.", channel.name());
        }
    }

    private void lastPassOver() {
        try {
            passOver();
        } catch (RuntimeException e) {
            // The journal may have been closed; the next daemon does it.
            log.debug("What nobody wants to hear of stays for {}: {}", channel.name(), e.toString());
        }
    }

    /** What nobody wants to hear of now is not told later either, when they want to hear of what is like it. */
    private void passOver() {
        List<Notice> all = pending.get();
        if (!all.isEmpty() && all.stream().noneMatch(wanted)) {
            journal.commit(
                    new NoticeSent(channel.name(), all.get(all.size() - 1).seq()));
        }
    }

    /** To be called from another thread. As long as each is taken, those that are there are told still. */
    void stop() {
        end.release();
    }

    /** How long to wait until the next. */
    Duration round() throws InterruptedException {
        try {
            List<Notice> all = pending.get();
            List<Notice> here = all.stream().filter(wanted).toList();
            if (here.isEmpty()) {
                if (all.size() >= MANY) {
                    passOver();
                }
                return LOOK_EVERY;
            }
            return deliver(here.get(0));
        } catch (RuntimeException | Error e) {
            log.error("A notice for {} could not be told; it is tried again.", channel.name(), e);
            return BACKOFF.after(failures++);
        }
    }

    private Duration deliver(Notice notice) throws InterruptedException {
        Delivery delivery = channel.deliver(letters.of(notice));
        if (delivery instanceof Delivery.Later later) {
            return later(later);
        }
        if (failures > 0) {
            log.info("{} takes notices again.", channel.name());
        }
        failures = 0;
        if (delivery instanceof Delivery.Refused refused) {
            String why = letters.reason(refused.why());
            log.warn("{} refuses notice {}, which is not told there: {}", channel.name(), notice.seq(), why);
            journal.commit(new NoticeRefused(channel.name(), notice.seq(), why));
        } else {
            journal.commit(new NoticeSent(channel.name(), notice.seq()));
        }
        return Duration.ZERO;
    }

    /** Said once, tried for ever. */
    private Duration later(Delivery.Later later) {
        if (failures == 0) {
            log.warn(
                    "Notices cannot be told by {} and are kept until they can: {}",
                    channel.name(),
                    letters.reason(later.why()));
        }
        Duration wait = BACKOFF.after(failures++);
        Duration wished = later.notBefore();
        return wished != null && wished.compareTo(wait) > 0 ? wished : wait;
    }
}
