package dev.orchestrator.pipeline;

import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.time.Backoff;
import dev.orchestrator.time.Elapsed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Whether a failed attempt is followed by another, and after how long. The agent's program has tried a refused request many
 * times by itself before an attempt fails, so the waits are long.
 */
final class RetryPolicy {
    /** A task that was running each time when the orchestrator went down is suspected of taking it down. */
    static final int MOST_LOST = 3;

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Backoff SOON = new Backoff(Duration.ofSeconds(5), LONGEST);
    private static final Backoff LATER = new Backoff(Duration.ofMinutes(1), LONGEST);
    /** From one try to the next, with the time that the try itself takes. */
    private static final Duration LONGEST_GAP = Duration.ofHours(1);

    private static final double JITTER = 0.25;

    private final RandomGenerator random;

    RetryPolicy(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempts all of the turn, the failed one included
     * @param retries how many further attempts the task has after the first
     * @param outage how long it waits for what is outside and costs nothing to try
     * @return how long to wait before the next; empty when there is none
     */
    Optional<Duration> delay(Failure failure, List<AttemptView> attempts, int retries, Duration outage) {
        List<AttemptView> excused = lastExcused(attempts);
        if (!excused.isEmpty()) {
            return lasted(excused).compareTo(outage) < 0
                    ? Optional.of(jittered(LATER.after(excused.size() - 1)))
                    : Optional.empty();
        }
        int failed = (int) attempts.stream().filter(RetryPolicy::counts).count() - goneSessions(attempts);
        if (!failure.retryable() || failed > retries) {
            return Optional.empty();
        }
        return Optional.of(jittered(backoff(failure.category()).after(Math.max(failed - 1, 0))));
    }

    /** Those at the end that cost the task nothing, in order. */
    private static List<AttemptView> lastExcused(List<AttemptView> attempts) {
        int from = attempts.size();
        while (from > 0 && isOutage(attempts.get(from - 1))) {
            from--;
        }
        return attempts.subList(from, attempts.size());
    }

    private static boolean isOutage(AttemptView attempt) {
        Failure failure = attempt.failure();
        return attempt.isExcused() && failure != null && failure.category().isFromOutside();
    }

    /** How long they have tried; a machine that slept in between has not. */
    private static Duration lasted(List<AttemptView> excused) {
        Duration sum = Duration.ZERO;
        for (int i = 1; i < excused.size(); i++) {
            Duration gap = Elapsed.between(
                    excused.get(i - 1).startedAt(), excused.get(i).startedAt());
            sum = sum.plus(gap.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : gap);
        }
        return sum;
    }

    /**
     * The failure of a task with which the orchestrator went down too often; empty while it may go on.
     *
     * @param deaths how often that was while no agent was at work
     */
    static Optional<Failure> poisoned(List<AttemptView> attempts, int deaths) {
        // One that was stopped in good order is lost too, but has no failure.
        long lost = attempts.stream()
                .filter(attempt -> attempt.isLost() && attempt.failure() != null)
                .count();
        return lost + deaths < MOST_LOST
                ? Optional.empty()
                : Optional.of(Failure.of(
                                FailureCategory.CRASH,
                                "the orchestrator went down " + (lost + deaths)
                                        + " times while it had this task in hand")
                        .suggesting("Look at logs/orchestrator.log before you drop it again."));
    }

    /**
     * Whether {@code attempt}, which is over or just ending, is one of those that the task has. One that ended well and was
     * told something is not: there is nothing to be tried again. Nor is one that was too long for a step and followed by another.
     */
    private static boolean counts(AttemptView attempt) {
        Failure failure = attempt.failure();
        return !attempt.isLost()
                && !attempt.isExcused()
                && failure != null
                && failure.category().isRetryable()
                && failure.category().consumesAttempt();
    }

    /** A session that is to be continued and turns out to be gone costs nothing, once: the next attempt begins afresh. */
    private static int goneSessions(List<AttemptView> attempts) {
        return attempts.stream()
                        .map(AttemptView::failure)
                        .anyMatch(failure -> failure != null && failure.category() == FailureCategory.SESSION)
                ? 1
                : 0;
    }

    /** What the plan or the agent itself lacks is waited for elsewhere; here it is like any other trouble outside. */
    private static Backoff backoff(FailureCategory category) {
        return category.retry() == FailureCategory.Retry.SOON ? SOON : LATER;
    }

    private Duration jittered(Duration wait) {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Duration.ofMillis((long) (wait.toMillis() * factor));
    }
}
