package dev.orchestrator.telegram;

import dev.orchestrator.secret.Cut;
import dev.orchestrator.telegram.Conversation.Answer;
import dev.orchestrator.telegram.Conversation.Tapped;
import dev.orchestrator.telegram.UpdateFeed.Given;
import dev.orchestrator.time.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    private static final Duration LONGEST_REST = Duration.ofSeconds(60);
    private static final int MOST_TRIES = 3;
    private static final int MOST_STRANGERS = 100;
    /** Telegram takes 200 characters. */
    private static final int LONGEST_GLANCE = 190;

    private final Gateway gateway;
    private final Speaker speaker;
    private final Conversation conversation;
    private final Set<Long> allowed;
    private final Set<Long> strangers = ConcurrentHashMap.newKeySet();
    private final Set<Long> groups = ConcurrentHashMap.newKeySet();
    private final Semaphore end = new Semaphore(0);
    private volatile boolean closed;
    private volatile int next;
    private boolean withoutWebhook;
    private int failures;

    /**
     * @param allowed numbers of users; nobody else is heard
     * @param next the first update that was not done by an earlier one; 0 when there was none
     */
    Bot(Gateway gateway, Speaker speaker, Conversation conversation, Set<Long> allowed, int next) {
        this.next = next;
        this.gateway = gateway;
        this.speaker = speaker;
        this.conversation = conversation;
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public void run() {
        try {
            Duration rest = Duration.ZERO;
            while (!end.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                rest = round(LOOK);
            }
        } catch (InterruptedException e) {
            log.debug("The bot goes home.");
        }
    }

    /** Looks once; answers how long to rest. */
    Duration round(Duration look) {
        try {
            return withoutWebhook ? heard(gateway.update(next, look)) : begin(gateway.withoutWebhook());
        } catch (RuntimeException | Error e) {
            log.error("Telegram could not be listened to; it is tried again.", e);
            return BACKOFF.after(failures++);
        }
    }

    /** While there is a webhook, nothing is given here. */
    private Duration begin(Outcome<Boolean> outcome) {
        withoutWebhook = outcome instanceof Outcome.Done;
        return rest(outcome);
    }

    private Duration heard(Outcome<Optional<Given>> outcome) {
        if (!(outcome instanceof Outcome.Done<Optional<Given>> done)) {
            withoutWebhook = !(outcome instanceof Outcome.Refused);
            return rest(outcome);
        }
        if (failures > 0) {
            log.info("Telegram answers again.");
        }
        failures = 0;
        // What is not done is given again.
        if (done.value().isPresent() && !closed) {
            Given given = done.value().get();
            if (given.update() == null) {
                log.warn("Update {} of Telegram is not understood and is passed over.", given.number());
            } else {
                heard(given.update());
            }
            next = given.number() + 1;
        }
        return Duration.ZERO;
    }

    /** The number of the first update that was not done. */
    int next() {
        return next;
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
            } else if (update.hasMessage()) {
                said(update.getUpdateId(), update.getMessage());
            }
        } catch (RuntimeException | Error e) {
            log.error("What was said in Telegram (update {}) could not be done.", update.getUpdateId(), e);
            sorry(update);
        }
    }

    /** Whoever waits for an answer gets one. */
    private void sorry(Update update) {
        Message message = update.getMessage();
        if (message != null
                && message.getFrom() != null
                && mayBeHeard(message.getFrom().getId(), message.getChatId())) {
            speaker.say(message.getChatId(), "That could not be done; the log of the daemon says why.", null);
        }
    }

    private void said(int number, Message message) {
        if (message.getFrom() == null || !mayBeHeard(message.getFrom().getId(), message.getChatId())) {
            return;
        }
        long from = message.getFrom().getId();
        Instant at = Instant.ofEpochSecond(message.getDate());
        String text = message.hasText() ? message.getText() : message.getCaption();
        Answer answer = conversation.hear(
                new Conversation.Said(number, by(from), text == null ? "" : text, at, Attachment.of(message, gateway)));
        Outcome<Integer> outcome = said(message.getChatId(), answer);
        if (!(outcome instanceof Outcome.Done)) {
            log.warn("An answer could not be said in Telegram: {}", why(outcome));
        }
    }

    /** Whoever asked waits for it, so it is worth to wait here, too. */
    private Outcome<Integer> said(long chat, Answer answer) {
        Outcome<Integer> outcome = once(chat, answer);
        for (int i = 0; i < MOST_TRIES && outcome instanceof Outcome.TooMuch<Integer> tooMuch; i++) {
            if (closedWithin(tooMuch.rest())) {
                return outcome;
            }
            outcome = once(chat, answer);
        }
        return outcome;
    }

    private Outcome<Integer> once(long chat, Answer answer) {
        return answer.fixed() ? speaker.show(chat, answer.text()) : speaker.say(chat, answer.text(), null);
    }

    private boolean closedWithin(Duration rest) {
        try {
            long millis = Math.min(rest.toMillis(), LONGEST_REST.toMillis());
            boolean over = end.tryAcquire(millis, TimeUnit.MILLISECONDS);
            if (over) {
                // Whoever looks for it next is to find it.
                end.release();
            }
            return over;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void tapped(CallbackQuery tap) {
        long from = tap.getFrom().getId();
        if (!mayBeHeard(from, tap.getMessage() == null ? from : tap.getMessage().getChatId())) {
            return;
        }
        Tapped tapped = conversation.tapped(by(from), String.valueOf(tap.getData()));
        gateway.answer(tap.getId(), Cut.beginning(tapped.text(), LONGEST_GLANCE));
        if (tap.getMessage() != null) {
            if (tapped.over()) {
                gateway.withoutButtons(
                        tap.getMessage().getChatId(), tap.getMessage().getMessageId());
            }
            said(tap.getMessage().getChatId(), Answer.plain(tapped.text()));
        }
    }

    /**
     * In a group, strangers would read the answers; the chat of two has the number of the one. A stranger is named once in the log, so
     * that whoever forgot themselves on the list finds the number.
     */
    private boolean mayBeHeard(long user, long chat) {
        if (allowed.contains(user)) {
            if (chat != user && groups.add(chat)) {
                log.warn("Nobody is heard in a group of Telegram ({}), where others would read the answers.", chat);
            }
            return chat == user;
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
