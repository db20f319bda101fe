package dev.orchestrator;

import dev.orchestrator.config.Config;
import dev.orchestrator.config.NoticesConfig;
import dev.orchestrator.config.TelegramConfig;
import dev.orchestrator.notice.Channel;
import dev.orchestrator.notice.Letters;
import dev.orchestrator.notice.PostOffice;
import dev.orchestrator.notice.WebhookChannel;
import dev.orchestrator.state.Outbox;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.telegram.Desk;
import dev.orchestrator.telegram.Telegram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The ways to persons who are elsewhere, as the settings name them. Thread-safe. */
final class Messengers implements AutoCloseable {
    private final PostOffice office;
    private final Desk desk;
    private @Nullable NoticesConfig notices;
    private @Nullable TelegramConfig settings;
    private @Nullable Telegram telegram;

    Messengers(Supplier<Outbox> outbox, Letters letters, Desk desk, EventSink journal) {
        this.office = new PostOffice(outbox, letters, journal, name -> Threads.one("notices-" + name));
        this.desk = desk;
    }

    /** From now on those of {@code config}. */
    synchronized void follow(Config config) {
        if (config.notices().equals(notices) && config.telegram().equals(settings)) {
            return;
        }
        close();
        notices = config.notices();
        settings = config.telegram();
        telegram = telegram(config.telegram()).orElse(null);
        List<Channel> channels = new ArrayList<>();
        config.notices()
                .webhookUrl()
                .ifPresent(url -> channels.add(
                        new WebhookChannel(HttpUrl.get(url), config.notices().webhookSecret())));
        if (telegram != null) {
            channels.addAll(telegram.channels());
            telegram.start();
        }
        office.follow(config.notices().kinds(), channels);
    }

    private Optional<Telegram> telegram(TelegramConfig config) {
        return config.token()
                .map(token -> new Telegram(
                        new Telegram.Wish(
                                token.reveal(),
                                HttpUrl.get(config.url()),
                                new HashSet<>(config.allowedUsers()),
                                config.plainTextTasks()),
                        desk,
                        Threads.one("telegram")));
    }

    /** What cannot be told within seconds is told by the next daemon. */
    @Override
    public synchronized void close() {
        office.close();
        if (telegram != null) {
            telegram.close();
        }
        telegram = null;
    }
}
