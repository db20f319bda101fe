package dev.orchestrator.view;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much longer a task is likely to take, from how long others of its type took. A guess, and said to be one.
 *
 * @param of how many turns of the type ended well; none when there are too few to say anything
 * @param p50Ms how long half of them took at most; null when there are too few
 * @param p90Ms how long nine of ten took at most; null when there are too few
 * @param percent of the work that is likely to be behind it
 * @param etaMs how much longer; null when nobody knows: there are too few, or it takes longer than any of them
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
     * Those that were over before {@code elapsedMs} say nothing about one that is not: the middle one of the others is its
     * measure.
     *
     * @param durations of turns of the same type that ended well, in any order
     * @param percentByStep what the step that runs says
     */
    static Estimate of(long[] durations, long elapsedMs, int percentByStep) {
        if (durations.length < ENOUGH) {
            return new Estimate(durations.length, null, null, percentByStep, null);
        }
        long[] sorted = durations.clone();
        Arrays.sort(sorted);
        int longer = firstAbove(sorted, elapsedMs);
        Long eta = longer == sorted.length ? null : sorted[longer + (sorted.length - longer - 1) / 2] - elapsedMs;
        int percent = eta == null ? ALMOST : (int) Math.min(ALMOST, 100 * elapsedMs / (elapsedMs + eta));
        return new Estimate(sorted.length, at(sorted, 50), at(sorted, 90), percent, eta);
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
