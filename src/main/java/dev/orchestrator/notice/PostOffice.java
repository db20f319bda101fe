package dev.orchestrator.notice;

import dev.orchestrator.state.Outbox;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.NoticeEvent.ChannelClosed;
import dev.orchestrator.task.NoticeEvent.ChannelOpened;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;

/** Has a postman for each channel. Thread-safe. */
public final class PostOffice implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration GOING_HOME = Duration.ofSeconds(10);

    private final Supplier<Outbox> outbox;
    private final Letters letters;
    private final EventSink journal;
    private final Function<String, ThreadFactory> threads;
    private final TimeSource time;
    private final Map<String, Round> rounds = new HashMap<>();

    /** One channel at work. */
    private record Round(Channel channel, Postman postman, Thread thread) {}

    /** @param threads makes the thread of a postman, by the name of its channel */
    public PostOffice(
            Supplier<Outbox> outbox,
            Letters letters,
            EventSink journal,
            Function<String, ThreadFactory> threads,
            TimeSource time) {
        this.time = time;
        this.outbox = outbox;
        this.letters = letters;
        this.journal = journal;
        this.threads = threads;
    }

    /** What happens from now on waits for the channels of these names. */
    public synchronized void open(List<String> names) {
        for (String name : names) {
            if (!outbox.get().channels().containsKey(name)) {
                journal.commit(new ChannelOpened(name));
            }
        }
    }

    /** From now on tells of {@code kinds} by {@code channels}, which are closed with it. What one had not told yet it tells still. */
    public synchronized void follow(List<Notice.Kind> kinds, List<Channel> channels) {
        stop();
        Set<String> closed = new HashSet<>(outbox.get().channels().keySet());
        channels.forEach(channel -> closed.remove(channel.name()));
        closed.forEach(name -> journal.commit(new ChannelClosed(name)));
        channels.forEach(channel -> start(channel, Set.copyOf(kinds)));
    }

    private void start(Channel channel, Set<Notice.Kind> kinds) {
        String name = channel.name();
        open(List.of(name));
        Postman postman = new Postman(
                channel, () -> outbox.get().pending(name), notice -> kinds.contains(notice.kind()), letters, journal);
        Thread thread = threads.apply(name).newThread(postman);
        rounds.put(name, new Round(channel, postman, thread));
        thread.start();
    }

    private void stop() {
        rounds.values().forEach(round -> round.postman().stop());
        await(LAST_WORDS);
        // Two of one channel would tell everything twice.
        rounds.values().forEach(round -> round.thread().interrupt());
        await(GOING_HOME);
        rounds.values().forEach(round -> round.channel().close());
        rounds.clear();
    }

    /** All of them together have {@code atMost}. */
    private void await(Duration atMost) {
        Stopwatch watch = Stopwatch.start(time);
        try {
            for (Round round : rounds.values()) {
                round.thread().join(Math.max(1, atMost.minus(watch.elapsed()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be told within seconds is told by the next daemon. */
    @Override
    public synchronized void close() {
        stop();
    }
}
