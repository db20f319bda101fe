package dev.orchestrator.telegram;

import dev.orchestrator.secret.Cut;
import dev.orchestrator.telegram.Conversation.Answer;
import dev.orchestrator.telegram.Conversation.Heard;
import dev.orchestrator.telegram.Conversation.NotNow;
import dev.orchestrator.telegram.Taps.Tapped;
import dev.orchestrator.telegram.UpdateFeed.Given;
import dev.orchestrator.time.Backoff;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
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
 * Asks Telegram again and again what is new, and has it answered. An update is done, and that is written down, before Telegram is told so
 * by asking for the next one; so none is lost, and only after a crash just between the two may one come twice. Whoever is not on the list
 * gets nothing, not even an answer. Its thread is its own, and waits for nobody who is answered.
 */
final class Bot implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Bot.class);
    static final Duration LOOK = Duration.ofSeconds(25);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final Duration LONGEST_REST = Duration.ofSeconds(60);
    /** Of what cannot be done now: the others wait meanwhile. */
    private static final int MOST_TRIES = 4;

    private static final int MOST_STRANGERS = 100;
    /** Telegram takes 200 characters. */
    private static final int LONGEST_GLANCE = 190;

    private final Gateway gateway;
    private final Answers answers;
    private final Conversation conversation;
    private final Taps taps;
    private final Set<Long> allowed;
    private final Bookmark bookmark;
    private final String name;
    private final Stopwatch quiet;
    private final Set<Long> strangers = ConcurrentHashMap.newKeySet();
    private final Set<Long> groups = ConcurrentHashMap.newKeySet();
    private final Semaphore end = new Semaphore(0);
    private volatile boolean closed;
    private long next;
    private boolean withoutWebhook;
    private int failures;
    private int triesOfNext;
    /** Only what comes first may have been done by an earlier one, which did not come to write that down. */
    private boolean first = true;

    private String lastAlbum = "";

    /**
     * @param allowed numbers of users; nobody else is heard
     * @param name which bot it is, for the bookmark
     */
    Bot(
            Gateway gateway,
            Answers answers,
            Conversation conversation,
            Taps taps,
            Set<Long> allowed,
            Bookmark bookmark,
            String name,
            TimeSource time) {
        this.gateway = gateway;
        this.answers = answers;
        this.conversation = conversation;
        this.taps = taps;
        this.allowed = Set.copyOf(allowed);
        this.bookmark = bookmark;
        this.name = name;
        this.next = bookmark.of(name);
        this.quiet = Stopwatch.start(time);
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
            return heard(done.value().get());
        }
        if (quiet.reached(Bookmark.KEPT)) {
            // All is confirmed, and the next may have a lower number, which would be taken for confirmed, too.
            next = 0;
        }
        return Duration.ZERO;
    }

    private Duration heard(Given given) {
        quiet.restart();
        if (given.update() == null) {
            log.warn("Update {} of Telegram is not understood and is passed over.", given.number());
        } else {
            Optional<Duration> again = heard(given.update());
            if (again.isPresent()) {
                return again.get();
            }
        }
        triesOfNext = 0;
        first = false;
        next = given.number() + 1L;
        bookmark.put(name, next);
        return Duration.ZERO;
    }

    private Duration rest(Outcome<?> outcome) {
        if (closed || outcome instanceof Outcome.Done) {
            return Duration.ZERO;
        }
        if (outcome instanceof Outcome.TooMuch<?> tooMuch) {
            return longer(tooMuch.rest(), BACKOFF.after(0));
        }
        if (failures == 0) {
            log.warn("Telegram does not answer as it should and is asked again: {}", Outcome.why(outcome));
        }
        return BACKOFF.after(failures++);
    }

    /** Whatever one update leads to, the others are heard. Answers after what rest this one is to be heard again. */
    private Optional<Duration> heard(Update update) {
        try {
            if (update.hasCallbackQuery()) {
                tapped(update.getCallbackQuery());
            } else if (update.hasMessage()) {
                return said(update.getUpdateId(), update.getMessage());
            }
        } catch (RuntimeException | Error e) {
            log.error("What was said in Telegram (update {}) could not be done.", update.getUpdateId(), e);
            sorry(update);
        }
        return Optional.empty();
    }

    /** Whoever waits for an answer gets one. */
    private void sorry(Update update) {
        Message message = update.getMessage();
        if (message != null
                && message.getFrom() != null
                && mayBeHeard(message.getFrom().getId(), message.getChatId())) {
            answers.put(message.getChatId(), Answer.plain("That could not be done; the log of the daemon says why."));
        }
    }

    private Optional<Duration> said(int number, Message message) {
        if (message.getFrom() == null
                || !mayBeHeard(message.getFrom().getId(), message.getChatId())
                || isOfLastAlbum(message)) {
            return Optional.empty();
        }
        long from = message.getFrom().getId();
        Instant at = Instant.ofEpochSecond(message.getDate());
        String text = message.hasText() ? message.getText() : message.getCaption();
        Heard heard = conversation.hear(new Conversation.Said(
                number, by(from), text == null ? "" : text, at, Attachment.of(message, gateway), first));
        if (heard instanceof NotNow notNow) {
            return again(message.getChatId(), notNow);
        }
        answers.put(message.getChatId(), (Answer) heard);
        return Optional.empty();
    }

    /** Whoever goes home leaves it to the next. What is given up has to be told before it counts as heard: nobody else knows of it. */
    private Optional<Duration> again(long chat, NotNow notNow) {
        Duration rest = longer(notNow.rest(), BACKOFF.after(triesOfNext));
        if (closed || (notNow.again() && ++triesOfNext < MOST_TRIES)) {
            return Optional.of(rest);
        }
        Answer given = Answer.plain(notNow.why());
        Outcome<Integer> told = answers.now(chat, given);
        if (told instanceof Outcome.TooMuch) {
            answers.put(chat, given);
        }
        return told instanceof Outcome.Unreachable ? Optional.of(rest) : Optional.empty();
    }

    /** Each file of several comes in a message of its own; one answer is enough. */
    private boolean isOfLastAlbum(Message message) {
        String album = message.getMediaGroupId();
        boolean same = album != null && album.equals(lastAlbum);
        lastAlbum = album == null ? "" : album;
        return same;
    }

    private static Duration longer(Duration wish, Duration least) {
        Duration rest = wish.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wish;
        return rest.compareTo(least) > 0 ? rest : least;
    }

    private void tapped(CallbackQuery tap) {
        if (tap.getFrom() == null) {
            return;
        }
        long from = tap.getFrom().getId();
        if (!mayBeHeard(from, tap.getMessage() == null ? from : tap.getMessage().getChatId())) {
            return;
        }
        Tapped tapped = taps.tapped(by(from), String.valueOf(tap.getData()));
        gateway.answer(tap.getId(), Cut.beginning(tapped.text(), LONGEST_GLANCE));
        if (tap.getMessage() != null) {
            if (tapped.over()) {
                gateway.withoutButtons(
                        tap.getMessage().getChatId(), tap.getMessage().getMessageId());
            }
            answers.put(tap.getMessage().getChatId(), Answer.plain(tapped.text()));
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
