package dev.orchestrator.telegram;

import dev.orchestrator.notice.Channel;
import dev.orchestrator.notice.Letter;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/** One bot: hears the persons on its list, and tells them. Thread-safe. */
public final class Telegram implements AutoCloseable {
    private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(1);

    private final Wish wish;
    private final Desk desk;
    private final Gateway gateway;
    private final Speaker speaker;
    private final Answers answers;
    private final Bot bot;
    private final Thread hearing;
    private final Thread answering;

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

        /** Which bot it is: of its token the part that is no secret, and who knows it. */
        String bot() {
            return token.substring(0, Math.max(0, token.indexOf(':'))) + "@" + base.host();
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

    /** @param bookmark of whatever bot was there before */
    public Telegram(Wish wish, Desk desk, Bookmark bookmark, Function<String, ThreadFactory> threads, TimeSource time) {
        this.wish = wish;
        this.desk = desk;
        this.gateway = new Gateway(wish.token(), wish.base(), Bot.LOOK);
        this.speaker = new Speaker(gateway);
        this.answers = new Answers(speaker, time);
        Conversation conversation = new Conversation(desk, wish.plainTextIsTask());
        this.bot = new Bot(gateway, answers, conversation, new Taps(desk), wish.allowed(), bookmark, wish.bot(), time);
        this.hearing = threads.apply("telegram").newThread(bot);
        this.answering = threads.apply("telegram-answers").newThread(answers);
    }

    public void start() {
        hearing.start();
        answering.start();
    }

    /** One for each person, who is told in a chat of their own. */
    public List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        wish.allowed().stream()
                .sorted()
                .forEach(user -> channels.add(new TelegramChannel(user, speaker, this::buttons, BETWEEN_MESSAGES)));
        return channels;
    }

    /** What the channels of these users are called. */
    public static List<String> channelNames(Collection<Long> users) {
        return users.stream().sorted().map(TelegramChannel::name).toList();
    }

    private Optional<InlineKeyboardMarkup> buttons(Letter letter) {
        return desk.active().stream()
                .filter(view -> view.id().equals(letter.taskId())
                        && letter.status() == TaskStatus.AWAITING_APPROVAL
                        && view.status() == TaskStatus.AWAITING_APPROVAL)
                .findFirst()
                .map(view -> Keys.buttons(view.id(), view.turn()));
    }

    /** What was done is answered still, if that can be at once. */
    @Override
    public void close() {
        bot.close();
        answers.end();
        ended(answering, Duration.ofSeconds(2));
        gateway.close();
        ended(hearing, Duration.ofSeconds(5));
        ended(answering, Duration.ofSeconds(5));
    }

    private static void ended(Thread thread, Duration patience) {
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
