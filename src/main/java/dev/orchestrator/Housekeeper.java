package dev.orchestrator;

import dev.orchestrator.config.RetentionConfig;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.housekeeping.Pruning;
import dev.orchestrator.housekeeping.Sentences;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is old of the daemon's home, on a thread of its own: as the settings say, soon after the start, then every
 * hour, and once more before a daemon ends that has nothing left to do; and what a person wants removed. Thread-safe.
 */
final class Housekeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** The start has better things to do. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final Duration ROUND_EVERY = Duration.ofHours(1);
    /** Whoever gave the command has taken it back when nobody has asked what came of it by then. */
    private static final Duration ANSWER_KEPT = Duration.ofSeconds(10);

    private static final int MOST_PROBLEMS = 20;

    private final PartwiseCleaning cleaning;
    private final Pruning pruning;
    private final Supplier<RetentionConfig> retention;
    private final TimeSource time;
    private final CountDownLatch closing;
    private final Rounds rounds;
    private final Stopwatch sinceRound;
    private Duration untilRound = SOON;

    private final Map<Wish, Optional<Answer>> wishes = new LinkedHashMap<>();
    private LastRound lastRound = LastRound.UNASKED;
    /** Until it is started there is nobody else. */
    private Consumer<Runnable> alone = Runnable::run;

    /** @param kind empty for the journal */
    private record Wish(Optional<Cleaning.Kind> kind, Optional<Duration> age) {}

    private record Answer(Reply reply, Stopwatch age) {}

    private enum LastRound {
        UNASKED,
        WANTED,
        OVER
    }

    /** @param cleaning is given what ends it */
    Housekeeper(
            Function<CountDownLatch, PartwiseCleaning> cleaning,
            Pruning pruning,
            Supplier<RetentionConfig> retention,
            ThreadFactory threads,
            TimeSource time) {
        this.closing = new CountDownLatch(1);
        this.cleaning = cleaning.apply(closing);
        this.pruning = pruning;
        this.retention = retention;
        this.time = time;
        this.rounds = new Rounds(closing, LOOK_EVERY, this::look, threads);
        this.sinceRound = Stopwatch.start(time);
    }

    /** @param how does something while no command is done and no task begins anew */
    void start(Consumer<Runnable> how) {
        alone = how;
        rounds.start();
    }

    /** Not yet, until it is done: to be asked again. */
    Reply clean(Cleaning.Kind kind, Duration age) {
        return reply(new Wish(Optional.of(kind), Optional.of(age)));
    }

    /** As {@link #clean}, what the journal has of longer ago than {@code age}; without one, nothing is removed. */
    Reply prune(Optional<Duration> age) {
        return reply(new Wish(Optional.empty(), age));
    }

    private synchronized Reply reply(Wish wish) {
        Optional<Answer> answer = wishes.getOrDefault(wish, Optional.empty());
        if (answer.isPresent() && !answer.get().age().reached(ANSWER_KEPT)) {
            wishes.remove(wish);
            return answer.get().reply();
        }
        wishes.put(wish, Optional.empty());
        return Reply.notYet();
    }

    /** Has a last round made when this is asked for the first time; true when that is over, or there is nothing to do in it. */
    synchronized boolean isDone() {
        if (ages().isEmpty() && retention.get().journal().isEmpty()) {
            return true;
        }
        if (lastRound == LastRound.UNASKED) {
            lastRound = LastRound.WANTED;
        }
        return lastRound == LastRound.OVER;
    }

    /** Ends after the part that is being removed; the rest is removed by the next daemon. */
    @Override
    public void close() {
        rounds.end(Duration.ofSeconds(10));
    }

    private void look() throws InterruptedException {
        try {
            if (isRoundDue()) {
                round();
            }
            Optional<Wish> wish = nextWish();
            if (wish.isPresent()) {
                fulfil(wish.get());
            }
        } catch (RuntimeException | Error e) {
            log.error("What is old could not be removed; it is tried again.", e);
        }
    }

    private boolean isRoundDue() {
        return isLastWanted() || sinceRound.reached(untilRound);
    }

    private synchronized boolean isLastWanted() {
        return lastRound == LastRound.WANTED;
    }

    /** As the settings say. When it fails the next one comes when it would have come. */
    private void round() throws InterruptedException {
        boolean last = isLastWanted();
        sinceRound.restart();
        untilRound = ROUND_EVERY;
        try {
            for (Map.Entry<Cleaning.Kind, Duration> each : ages().entrySet()) {
                keepWithin(each.getKey(), each.getValue());
            }
            keepJournalWithin(retention.get().journal());
        } finally {
            if (last) {
                lastIsOver();
            }
        }
    }

    private synchronized void lastIsOver() {
        lastRound = LastRound.OVER;
    }

    private Map<Cleaning.Kind, Duration> ages() {
        RetentionConfig kept = retention.get();
        Map<Cleaning.Kind, Duration> ages = new LinkedHashMap<>();
        kept.tasks().ifPresent(age -> ages.put(Cleaning.Kind.TASKS, age));
        kept.artifacts().ifPresent(age -> ages.put(Cleaning.Kind.ARTIFACTS, age));
        kept.runs().ifPresent(age -> ages.put(Cleaning.Kind.RUNS, age));
        return ages;
    }

    private void keepWithin(Cleaning.Kind kind, Duration age) throws InterruptedException {
        try {
            PartwiseCleaning.Result result = cleaned(kind, age);
            if (result.paths() > 0) {
                log.info(
                        "{} (`retention.{}`)",
                        Sentences.cleaned(kind, age, result.paths(), result.bytes(), false),
                        kind);
            }
        } catch (IOException | RuntimeException e) {
            log.warn("The {} cannot be cleaned: {}", kind, e.toString());
        }
    }

    private void keepJournalWithin(Optional<Duration> age) {
        try {
            Pruning.Report report = pruned(age);
            if (!report.removed().isEmpty() || !report.packed().isEmpty()) {
                log.info("{} (`retention.journal`)", Sentences.pruned(report, false));
            }
        } catch (IOException | RuntimeException e) {
            log.warn("The journal cannot be pruned: {}", e.toString());
        }
    }

    private Pruning.Report pruned(Optional<Duration> age) throws IOException {
        return pruning.prune(age.map(time.now()::minus), closed -> closing.getCount() > 0, alone);
    }

    private PartwiseCleaning.Result cleaned(Cleaning.Kind kind, Duration age) throws IOException, InterruptedException {
        PartwiseCleaning.Result result = cleaning.clean(kind, age, alone);
        result.problems().stream().limit(MOST_PROBLEMS).forEach(problem -> log.warn("{}", problem));
        if (result.problems().size() > MOST_PROBLEMS) {
            log.warn("And {} more {} cannot be removed.", result.problems().size() - MOST_PROBLEMS, kind);
        }
        return result;
    }

    private synchronized Optional<Wish> nextWish() {
        return wishes.entrySet().stream()
                .filter(wish -> wish.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void fulfil(Wish wish) throws InterruptedException {
        try {
            if (wish.kind().isEmpty()) {
                Pruning.Report report = pruned(wish.age());
                if (report.whole()) {
                    answer(wish, Reply.done(Sentences.pruned(report, false)));
                }
                return;
            }
            Cleaning.Kind kind = wish.kind().get();
            Duration age = wish.age().orElseThrow();
            PartwiseCleaning.Result result = cleaned(kind, age);
            if (result.whole()) {
                answer(wish, reply(kind, age, result));
            }
        } catch (IOException | RuntimeException | Error e) {
            String what = wish.kind().map(Cleaning.Kind::toString).orElse("journal");
            answer(wish, Reply.refused("The " + what + " cannot be cleaned: " + e));
        }
    }

    private static Reply reply(Cleaning.Kind kind, Duration age, PartwiseCleaning.Result result) {
        String removed = Sentences.cleaned(kind, age, result.paths(), result.bytes(), false);
        return result.problems().isEmpty()
                ? Reply.done(removed)
                : Reply.refused(removed + " " + result.problems().size() + " cannot be: "
                        + result.problems().get(0) + ".");
    }

    private synchronized void answer(Wish wish, Reply reply) {
        wishes.put(wish, Optional.of(new Answer(reply, Stopwatch.start(time))));
    }
}
