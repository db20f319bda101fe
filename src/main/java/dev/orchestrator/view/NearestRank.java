package dev.orchestrator.view;

/**
 * Percentiles by nearest rank: of {@code n} values in ascending order the {@code p}-th percentile is the one at place
 * {@code ceil(p / 100 * n)}, counted from 1. So it is always one of the values, at least {@code p} percent of them are not above
 * it, and nothing is interpolated; of one value every percentile is that value.
 *
 * <pre>
 *   values        p50  p90  p95  p99
 *   7               7    7    7    7
 *   1 2             1    2    2    2
 *   1 2 3           2    3    3    3
 *   1 2 ... 10      5    9   10   10
 *   1 2 ... 100    50   90   95   99
 *   1 2 ... 101    51   91   96  100
 * </pre>
 */
final class NearestRank {
    private NearestRank() {}

    /**
     * The index, from 0, of that percentile among {@code count} sorted values.
     *
     * @param percent 1 to 100
     * @param count at least 1
     */
    static int index(int percent, int count) {
        return (int) (((long) percent * count + 99) / 100) - 1;
    }
}
