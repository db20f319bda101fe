package dev.orchestrator.notice;

import dev.orchestrator.config.NoticesConfig;
import dev.orchestrator.state.Outbox;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.NoticeEvent.ChannelClosed;
import dev.orchestrator.task.NoticeEvent.ChannelOpened;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Has a postman for each channel that the settings name. Thread-safe. */
public final class PostOffice implements AutoCloseable {
    private final Supplier<Outbox> outbox;
    private final Letters letters;
    private final EventSink journal;
    private final Function<String, ThreadFactory> threads;
    private final Map<String, Round> rounds = new HashMap<>();
    private @Nullable NoticesConfig config;

    /** One channel at work. */
    private record Round(Channel channel, Postman postman, Thread thread) {}

    /** @param threads makes the thread of a postman, by the name of its channel */
    public PostOffice(
            Supplier<Outbox> outbox, Letters letters, EventSink journal, Function<String, ThreadFactory> threads) {
        this.outbox = outbox;
        this.letters = letters;
        this.journal = journal;
        this.threads = threads;
    }

    /** From now on tells what {@code next} says, where it says. What a channel had not told yet is told there still. */
    public synchronized void follow(NoticesConfig next) {
        if (next.equals(config)) {
            return;
        }
        stop();
        config = next;
        Map<String, Channel> channels = channels(next);
        Set<String> closed = new HashSet<>(outbox.get().channels().keySet());
        closed.removeAll(channels.keySet());
        closed.forEach(name -> journal.commit(new ChannelClosed(name)));
        channels.forEach((name, channel) -> start(channel, next));
    }

    private static Map<String, Channel> channels(NoticesConfig config) {
        Map<String, Channel> channels = new HashMap<>();
        config.webhookUrl()
                .ifPresent(url -> channels.put(
                        WebhookChannel.NAME, new WebhookChannel(HttpUrl.get(url), config.webhookSecret())));
        return channels;
    }

    private void start(Channel channel, NoticesConfig next) {
        String name = channel.name();
        if (!outbox.get().channels().containsKey(name)) {
            journal.commit(new ChannelOpened(name));
        }
        Set<Notice.Kind> kinds = Set.copyOf(next.kinds());
        Postman postman = new Postman(
                channel, () -> outbox.get().pending(name), notice -> kinds.contains(notice.kind()), letters, journal);
        Thread thread = threads.apply(name).newThread(postman);
        rounds.put(name, new Round(channel, postman, thread));
        thread.start();
    }

    private void stop() {
        rounds.values().forEach(round -> round.postman().stop());
        rounds.values().forEach(round -> await(round.thread()));
        rounds.values().forEach(round -> round.channel().close());
        rounds.clear();
    }

    private static void await(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
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
