package dev.orchestrator.telegram;

import dev.orchestrator.notice.Channel;
import dev.orchestrator.notice.Letter;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.TaskStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;

/** Tells one person in a chat, a message a second at most: Telegram takes no more. A change that waits has buttons. */
final class TelegramChannel implements Channel {
    private static final int SUMMARY = 1_500;

    private final long user;
    private final Speaker speaker;
    private final Function<Letter, Optional<InlineKeyboardMarkup>> buttons;
    private final long pauseMillis;
    private final CountDownLatch closed = new CountDownLatch(1);

    TelegramChannel(
            long user, Speaker speaker, Function<Letter, Optional<InlineKeyboardMarkup>> buttons, Duration pause) {
        this.user = user;
        this.speaker = speaker;
        this.buttons = buttons;
        this.pauseMillis = pause.toMillis();
    }

    static String name(long user) {
        return "telegram:" + user;
    }

    @Override
    public String name() {
        return name(user);
    }

    @Override
    public Delivery deliver(Letter letter) throws InterruptedException {
        Outcome<Integer> outcome =
                speaker.say(user, text(letter), buttons.apply(letter).orElse(null));
        if (outcome instanceof Outcome.Done) {
            closed.await(pauseMillis, TimeUnit.MILLISECONDS);
            return new Delivery.Delivered();
        }
        if (outcome instanceof Outcome.TooMuch<Integer> tooMuch) {
            return new Delivery.Later("Telegram wants to be left alone", tooMuch.rest());
        }
        if (outcome instanceof Outcome.Refused<Integer> refused && !refused.isOfToken()) {
            return new Delivery.Refused(refused.why());
        }
        String why = outcome instanceof Outcome.Refused<Integer> refused
                ? refused.why()
                : ((Outcome.Unreachable<Integer>) outcome).why();
        return new Delivery.Later(why, null);
    }

    static String text(Letter letter) {
        StringBuilder text = new StringBuilder();
        text.append(heading(letter)).append('\n');
        if (letter.title() != null) {
            text.append(letter.title()).append('\n');
        }
        if (letter.error() != null) {
            text.append('\n').append(letter.error().message()).append('\n');
            text.append(letter.error().suggestedAction()).append('\n');
        } else if (letter.summary() != null && letter.kind() != Notice.Kind.SECURITY) {
            String summary = letter.summary();
            text.append('\n')
                    .append(summary.length() > SUMMARY ? summary.substring(0, SUMMARY) : summary)
                    .append('\n');
        }
        if (letter.kind() == Notice.Kind.SECURITY
                || letter.taskId() == null
                || letter.status() == TaskStatus.REJECTED) {
            text.append('\n').append(letter.text()).append('\n');
        }
        if (letter.status() == TaskStatus.AWAITING_REPLY) {
            text.append("\n/reply ").append(letter.taskId()).append(" ...\n");
        } else if (letter.status() == TaskStatus.AWAITING_APPROVAL) {
            text.append("\n/diff ").append(letter.taskId()).append('\n');
        }
        // In one message: of two, one would be told again when the other is not taken.
        return Cut.beginning(text.toString(), Parts.LONGEST);
    }

    private static String heading(Letter letter) {
        String id = letter.taskId() == null ? "" : " " + letter.taskId();
        return switch (letter.kind()) {
            case SUCCEEDED -> "Done:" + id;
            case FAILED -> letter.taskId() == null ? "No task was made of" : "Failed:" + id;
            case WAITING -> letter.status() == TaskStatus.AWAITING_APPROVAL ? "Approve?" + id : "Asks:" + id;
            case PAUSED -> "No task is started";
            case RESUMED -> "Tasks are started again";
            case SECURITY -> "Reached beyond its bounds:" + id;
            case SETTINGS -> "The settings are wrong";
        };
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
