package dev.orchestrator.view;

import dev.orchestrator.task.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much longer a task is likely to take, from how long others of its type took. A guess, and said to be one.
 *
 * @param of how many turns of the type ended well; none when there are too few to say anything
 * @param p50Ms how long half of them took at most; null when there are too few
 * @param p90Ms how long nine of ten took at most; null when there are too few
 * @param percent of the work that is likely to be behind it
 * @param etaMs how much longer; null when nobody knows: there are too few, or it takes longer than any of them, or its agent is
 *     done
 */
public record Estimate(
        int of,
        @Nullable Long p50Ms,
        @Nullable Long p90Ms,
        int percent,
        @Nullable Long etaMs) {
    private static final int ENOUGH = 3;
    private static final int ALMOST = 95;

    /**
     * The percentage is the mean of how much of each of {@code durations} has passed, so that it never falls as time passes.
     * For how much longer, those that were over before {@code elapsedMs} say nothing about one that is not: the middle one of
     * the others is the measure. When the agent is done, the step knows better than the past; when it is sent back to work after
     * that, as much is behind it as there was.
     *
     * @param durations of turns of the same type that ended well, in any order
     * @param percentByStep what the steps so far say
     * @param step that runs; null when none does
     */
    static Estimate of(long[] durations, long elapsedMs, int percentByStep, @Nullable Step step) {
        if (durations.length < ENOUGH) {
            return new Estimate(durations.length, null, null, percentByStep, null);
        }
        long[] sorted = durations.clone();
        Arrays.sort(sorted);
        int percent = passed(sorted, elapsedMs);
        boolean done = step != null && step.isBehindAgent();
        boolean wasDone = percentByStep > Step.EXECUTE.percentBefore();
        return new Estimate(
                sorted.length,
                at(sorted, 50),
                at(sorted, 90),
                wasDone ? Math.max(percent, percentByStep) : percent,
                done ? null : eta(sorted, elapsedMs));
    }

    private static int passed(long[] durations, long elapsedMs) {
        double sum = 0;
        for (long duration : durations) {
            // A clock that was set back makes some of no length, or of less.
            sum += duration <= elapsedMs ? 1 : (double) Math.max(0, elapsedMs) / duration;
        }
        return (int) Math.min(ALMOST, 100 * sum / durations.length);
    }

    private static @Nullable Long eta(long[] sorted, long elapsedMs) {
        int longer = firstAbove(sorted, elapsedMs);
        return longer == sorted.length ? null : (Long) (sorted[longer + (sorted.length - longer - 1) / 2] - elapsedMs);
    }

    private static int firstAbove(long[] sorted, long value) {
        int at = Arrays.binarySearch(sorted, value);
        int index = at < 0 ? -at - 1 : at;
        while (index < sorted.length && sorted[index] <= value) {
            index++;
        }
        return index;
    }

    private static long at(long[] sorted, int percent) {
        return sorted[NearestRank.index(percent, sorted.length)];
    }
}
