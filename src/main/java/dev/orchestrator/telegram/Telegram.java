package dev.orchestrator.telegram;

import dev.orchestrator.notice.Channel;
import dev.orchestrator.notice.Letter;
import dev.orchestrator.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/** One bot: hears the persons on its list, and tells them. Thread-safe. */
public final class Telegram implements AutoCloseable {
    private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(1);

    private final Wish wish;
    private final Desk desk;
    private final Gateway gateway;
    private final Speaker speaker;
    private final Bot bot;
    private final Thread thread;

    /**
     * What is wanted.
     *
     * @param base where the Bot API is
     * @param allowed numbers of the users who are heard and told; nobody else is
     * @param plainTextIsTask whether a text that is no command is a task
     */
    public record Wish(String token, HttpUrl base, Set<Long> allowed, boolean plainTextIsTask) {
        public Wish {
            allowed = Set.copyOf(allowed);
        }
    }

    /** What Telegram says of a token. */
    public sealed interface Introduction {
        /** @param name of the bot, without {@code @} */
        record Known(String name) implements Introduction {}

        /** @param ofToken whether nobody has this token, so that another attempt is no use */
        record Failed(String why, boolean ofToken) implements Introduction {}
    }

    /** Asks which bot it would be; hears and says nothing else. Takes no longer than {@code patience}. */
    public static Introduction introduce(Wish wish, Duration patience) {
        try (Gateway gateway = new Gateway(wish.token(), wish.base(), patience, patience)) {
            Outcome<String> me = gateway.me();
            if (me instanceof Outcome.Done<String> done) {
                return new Introduction.Known(done.value());
            }
            if (me instanceof Outcome.Refused<String> refused) {
                return new Introduction.Failed(refused.why(), refused.isOfToken());
            }
            return new Introduction.Failed(
                    me instanceof Outcome.Unreachable<String> unreachable ? unreachable.why() : "it is asked too often",
                    false);
        }
    }

    /** @param next the first update that was not done, from {@link #next}; 0 when that is not known */
    public Telegram(Wish wish, Desk desk, int next, ThreadFactory threads) {
        this.wish = wish;
        this.desk = desk;
        this.gateway = new Gateway(wish.token(), wish.base(), Bot.LOOK);
        this.speaker = new Speaker(gateway);
        this.bot = new Bot(gateway, speaker, new Conversation(desk, wish.plainTextIsTask()), wish.allowed(), next);
        this.thread = threads.newThread(bot);
    }

    public void start() {
        thread.start();
    }

    /** One for each person, who is told in a chat of their own. */
    public List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        wish.allowed().stream()
                .sorted()
                .forEach(user -> channels.add(new TelegramChannel(user, speaker, this::buttons, BETWEEN_MESSAGES)));
        return channels;
    }

    private Optional<InlineKeyboardMarkup> buttons(Letter letter) {
        return desk.active().stream()
                .filter(view -> view.id().equals(letter.taskId())
                        && letter.status() == TaskStatus.AWAITING_APPROVAL
                        && view.status() == TaskStatus.AWAITING_APPROVAL)
                .findFirst()
                .map(view -> Keys.buttons(view.id(), view.turn()));
    }

    /** To go on from with the same token, so that nothing is done a second time. */
    public int next() {
        return bot.next();
    }

    @Override
    public void close() {
        bot.close();
        gateway.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
