package dev.orchestrator.dispatch;

import dev.orchestrator.task.Hold;
import dev.orchestrator.task.UsageLimit;
import dev.orchestrator.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Parks tasks while a plan's usage window is spent, and lets them go on when it begins anew. Thread-safe. */
final class UsageLimits {
    private static final Duration CLOCK_JITTER = Duration.ofMinutes(1);

    private final Holds holds;
    private final Supplier<Dispatcher.Resume> resume;
    private final RandomGenerator random;
    private final TimeSource time;
    /** By what a hold is about: how often in a row nobody told when its window begins anew. */
    private final Map<Hold.Key, Integer> guesses = new HashMap<>();

    UsageLimits(Holds holds, Supplier<Dispatcher.Resume> resume, RandomGenerator random, TimeSource time) {
        this.holds = holds;
        this.resume = resume;
        this.random = random;
        this.time = time;
    }

    /** @return when the window is likely to begin anew */
    synchronized Instant reached(UsageLimit limit) {
        Instant now = time.now();
        Hold.Key key = new Hold.Key(Hold.Cause.USAGE_LIMIT, limit.model());
        Instant inForce = endInForce(key, now);
        if (inForce != null && (limit.resetsAt() == null || !limit.resetsAt().isAfter(inForce))) {
            // Several runs met the same end of the window.
            return inForce;
        }
        int before = guesses.getOrDefault(key, 0);
        boolean known = limit.resetsAt() != null && limit.resetsAt().isAfter(now);
        guesses.put(key, known ? 0 : before + 1);
        Instant end = UsageWindow.end(limit, now, before, random);
        park(key, limit, end);
        return end;
    }

    /** Some run got an answer, so there was room in a window. */
    synchronized void answered() {
        guesses.clear();
    }

    private @Nullable Instant endInForce(Hold.Key key, Instant now) {
        return holds.all().stream()
                .filter(hold -> hold.key().equals(key))
                .map(Hold::until)
                .filter(until -> until != null && until.isAfter(now))
                .findFirst()
                .orElse(null);
    }

    private void park(Hold.Key key, UsageLimit limit, Instant until) {
        String what = "the plan's usage window (" + limit.window() + ") is spent";
        holds.put(new Hold(key.cause(), key.model(), what, remedy(until), time.now(), until), Holds.ORCHESTRATOR);
    }

    private String remedy(Instant until) {
        return switch (resume.get()) {
            case AUTO -> "It goes on by itself at " + until + "; no attempt is used up.";
            case ASK -> "At " + until + " you are told, and `resume` goes on.";
            case OFF -> "The window begins anew at about " + until + "; `resume` goes on.";
        };
    }

    /** Ends what is over; true when something may have opened. */
    synchronized boolean look() {
        Instant now = time.now();
        boolean opened = false;
        for (Hold hold : holds.all()) {
            if (hold.cause() == Hold.Cause.USAGE_LIMIT) {
                opened |= look(hold, now);
            }
        }
        return opened;
    }

    private boolean look(Hold hold, Instant now) {
        boolean over = isOver(hold, now);
        if (over && resume.get() == Dispatcher.Resume.AUTO) {
            return holds.remove(hold.key(), "the usage window has begun anew", Holds.ORCHESTRATOR);
        }
        if (over && resume.get() == Dispatcher.Resume.ASK && hold.until() != null) {
            ask(hold);
        } else if (!over && hold.until() != null && !hold.remedy().equals(remedy(hold.until()))) {
            // The settings have changed since.
            holds.put(
                    new Hold(
                            hold.cause(),
                            hold.model(),
                            hold.message(),
                            remedy(hold.until()),
                            hold.since(),
                            hold.until()),
                    Holds.ORCHESTRATOR);
        }
        return false;
    }

    /**
     * One without an end waited for somebody, and its window has begun anew before. One that began in
     * the future did so before the clock was set back, and nobody knows how long it is to last: it is tried.
     */
    private boolean isOver(Hold hold, Instant now) {
        if (hold.until() == null) {
            return resume.get() == Dispatcher.Resume.AUTO;
        }
        return !hold.until().isAfter(now) || hold.since().isAfter(now.plus(CLOCK_JITTER));
    }

    private void ask(Hold hold) {
        holds.put(
                new Hold(
                        hold.cause(),
                        hold.model(),
                        "the usage window has begun anew, and you wanted to be asked",
                        "`resume` goes on.",
                        hold.since(),
                        null),
                Holds.ORCHESTRATOR);
    }
}
