package dev.orchestrator;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.NoticesConfig;
import dev.orchestrator.config.TelegramConfig;
import dev.orchestrator.notice.Channel;
import dev.orchestrator.notice.CommandChannel;
import dev.orchestrator.notice.Letters;
import dev.orchestrator.notice.PostOffice;
import dev.orchestrator.notice.WebhookChannel;
import dev.orchestrator.state.Outbox;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.telegram.Bookmark;
import dev.orchestrator.telegram.Desk;
import dev.orchestrator.telegram.Telegram;
import dev.orchestrator.time.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The ways to persons who are elsewhere, as the settings name them. Thread-safe. */
final class Messengers implements AutoCloseable {
    private final PostOffice office;
    private final Function<List<String>, Channel> programs;
    private final Desk desk;
    private final Bookmark bookmark;
    private final TimeSource time;
    private @Nullable NoticesConfig notices;
    private @Nullable TelegramConfig settings;
    private @Nullable Telegram telegram;
    private boolean closed;

    /** @param programs has a program of the user's tell */
    Messengers(
            Supplier<Outbox> outbox,
            Letters letters,
            Function<List<String>, Channel> programs,
            Desk desk,
            Bookmark bookmark,
            EventSink journal,
            TimeSource time) {
        this.programs = programs;
        this.office = new PostOffice(outbox, letters, journal, name -> Threads.one("notices-" + name), time);
        this.desk = desk;
        this.bookmark = bookmark;
        this.time = time;
    }

    /**
     * @param ports what the desk serves with
     * @param programs as above
     * @param environment of this process
     */
    static Messengers of(
            FrontDesk desk,
            FrontDesk.Ports ports,
            Function<List<String>, Channel> programs,
            Map<String, String> environment,
            TimeSource time) {
        return new Messengers(
                ports.state()::outbox,
                new Letters(ports.home(), ports.artifacts(), ports.redactor()),
                programs,
                new ChatDesk(ports, desk, environment, time),
                new Bookmark(ports.home().telegram(), time),
                ports.journal(),
                time);
    }

    /**
     * Those of {@code config} will be told of what happens from now on, though nobody speaks yet. To be called before anything is
     * found out of which somebody wants to hear.
     */
    synchronized void open(Config config) {
        List<String> names = new ArrayList<>();
        config.notices().webhookUrl().ifPresent(url -> names.add(WebhookChannel.NAME));
        if (!config.notices().command().isEmpty()) {
            names.add(CommandChannel.NAME);
        }
        if (config.telegram().token().isPresent()) {
            names.addAll(Telegram.channelNames(config.telegram().allowedUsers()));
        }
        office.open(names);
    }

    /** From now on those of {@code config} speak, and hear. */
    synchronized void follow(Config config) {
        if (closed || (config.notices().equals(notices) && config.telegram().equals(settings))) {
            return;
        }
        if (!config.telegram().equals(settings)) {
            telegram = telegram(config.telegram()).orElse(null);
        }
        notices = config.notices();
        settings = config.telegram();
        office.follow(config.notices().kinds(), channels(config.notices()));
    }

    private List<Channel> channels(NoticesConfig config) {
        List<Channel> channels = new ArrayList<>();
        config.webhookUrl()
                .ifPresent(url -> channels.add(new WebhookChannel(HttpUrl.get(url), config.webhookSecret(), time)));
        if (!config.command().isEmpty()) {
            channels.add(programs.apply(config.command()));
        }
        if (telegram != null) {
            channels.addAll(telegram.channels());
        }
        return channels;
    }

    /** The same bot goes on where it was. */
    private Optional<Telegram> telegram(TelegramConfig config) {
        if (telegram != null) {
            telegram.close();
        }
        return config.token().map(token -> begun(config, token.reveal()));
    }

    private Telegram begun(TelegramConfig config, String token) {
        Telegram begun = new Telegram(
                new Telegram.Wish(
                        token,
                        HttpUrl.get(config.url()),
                        new HashSet<>(config.allowedUsers()),
                        config.plainTextTasks()),
                desk,
                bookmark,
                Threads::one,
                time);
        begun.start();
        return begun;
    }

    /** What cannot be told within seconds is told by the next daemon. */
    @Override
    public synchronized void close() {
        closed = true;
        office.close();
        if (telegram != null) {
            telegram.close();
        }
        telegram = null;
    }
}
