package dev.orchestrator.telegram;

import dev.orchestrator.telegram.Conversation.Answer;
import dev.orchestrator.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Asks Telegram again and again what is new, and has it answered. An update is done before Telegram is told so, by asking for the next
 * one; so none is lost, and one may come twice. Whoever is not on the list gets nothing, not even an answer. Its thread is its own.
 */
final class Bot implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Bot.class);
    static final Duration LOOK = Duration.ofSeconds(25);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final int MOST_STRANGERS = 100;

    private final Gateway gateway;
    private final Speaker speaker;
    private final Conversation conversation;
    private final Set<Long> allowed;
    private final Set<Long> strangers = ConcurrentHashMap.newKeySet();
    private final Semaphore end = new Semaphore(0);
    private volatile boolean closed;
    private int next;
    private int failures;

    /** @param allowed numbers of users; nobody else is heard */
    Bot(Gateway gateway, Speaker speaker, Conversation conversation, Set<Long> allowed) {
        this.gateway = gateway;
        this.speaker = speaker;
        this.conversation = conversation;
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public void run() {
        try {
            Duration rest = begin();
            while (!end.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                rest = round(LOOK);
            }
        } catch (InterruptedException e) {
            log.debug("The bot goes home.");
        }
    }

    private Duration begin() {
        return rest(gateway.withoutWebhook());
    }

    /** Looks once; answers how long to rest. */
    Duration round(Duration look) {
        Outcome<List<Update>> outcome = gateway.updates(next, look);
        if (!(outcome instanceof Outcome.Done<List<Update>> done)) {
            return rest(outcome);
        }
        if (failures > 0) {
            log.info("Telegram answers again.");
        }
        failures = 0;
        for (Update update : done.value()) {
            if (closed) {
                // What is not done is given again.
                return Duration.ZERO;
            }
            heard(update);
            next = update.getUpdateId() + 1;
        }
        return Duration.ZERO;
    }

    private Duration rest(Outcome<?> outcome) {
        if (closed || outcome instanceof Outcome.Done) {
            return Duration.ZERO;
        }
        if (outcome instanceof Outcome.TooMuch<?> tooMuch) {
            return tooMuch.rest();
        }
        if (failures == 0) {
            log.warn("Telegram does not answer as it should and is asked again: {}", why(outcome));
        }
        return BACKOFF.after(failures++);
    }

    private static String why(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            return refused.why()
                    + (refused.isOfToken() ? "; look at `telegram.token`, and whether another bot has it too" : "");
        }
        return outcome instanceof Outcome.Unreachable<?> unreachable ? unreachable.why() : String.valueOf(outcome);
    }

    /** Whatever one update leads to, the others are heard. */
    private void heard(Update update) {
        try {
            if (update.hasCallbackQuery()) {
                tapped(update.getCallbackQuery());
            } else if (update.hasMessage() && update.getMessage().hasText()) {
                said(update.getUpdateId(), update.getMessage());
            }
        } catch (RuntimeException | Error e) {
            log.error("What was said in Telegram (update {}) could not be done.", update.getUpdateId(), e);
        }
    }

    private void said(int number, Message message) {
        if (message.getFrom() == null || !mayBeHeard(message.getFrom().getId())) {
            return;
        }
        long from = message.getFrom().getId();
        Instant at = Instant.ofEpochSecond(message.getDate());
        Answer answer = conversation.hear(new Conversation.Said(number, by(from), message.getText(), at));
        long chat = message.getChatId();
        Outcome<Integer> outcome =
                answer.fixed() ? speaker.show(chat, answer.text()) : speaker.say(chat, answer.text(), null);
        if (!(outcome instanceof Outcome.Done)) {
            log.warn("An answer could not be said in Telegram: {}", why(outcome));
        }
    }

    private void tapped(CallbackQuery tap) {
        if (!mayBeHeard(tap.getFrom().getId())) {
            return;
        }
        String answer = conversation.tapped(by(tap.getFrom().getId()), String.valueOf(tap.getData()));
        gateway.answer(tap.getId(), answer.length() > 190 ? answer.substring(0, 190) : answer);
        if (tap.getMessage() != null) {
            gateway.withoutButtons(
                    tap.getMessage().getChatId(), tap.getMessage().getMessageId());
            speaker.say(tap.getMessage().getChatId(), answer, null);
        }
    }

    /** A stranger is named once in the log, so that whoever forgot themselves on the list finds the number. */
    private boolean mayBeHeard(long user) {
        if (allowed.contains(user)) {
            return true;
        }
        if (strangers.size() < MOST_STRANGERS && strangers.add(user)) {
            log.warn("User {} of Telegram is not in `telegram.allowed_users` and is not heard.", user);
        }
        return false;
    }

    private static String by(long user) {
        return "telegram (" + user + ")";
    }

    @Override
    public void close() {
        closed = true;
        end.release();
    }
}
