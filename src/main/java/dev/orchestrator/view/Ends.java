package dev.orchestrator.view;

import dev.orchestrator.task.TaskStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How turns, or tasks, ended.
 *
 * @param total all of them
 * @param successRate those that succeeded, of those that succeeded or failed: 0 to 1 with four digits, cut and not rounded, so
 *     that 1 means all; null when none did either. What was cancelled or refused says nothing about success.
 */
public record Ends(
        long total,
        long succeeded,
        long failed,
        long cancelled,
        long rejected,
        @Nullable BigDecimal successRate) {
    private static final int DIGITS = 4;

    /** Counts them. For one thread. */
    static final class Count {
        private final long[] counts = new long[TaskStatus.values().length];
        private long total;

        void add(TaskStatus status) {
            counts[status.ordinal()]++;
            total++;
        }

        void addAll(Count other) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += other.counts[i];
            }
            total += other.total;
        }

        Ends ends() {
            long succeeded = of(TaskStatus.SUCCEEDED);
            long failed = of(TaskStatus.FAILED);
            return new Ends(
                    total,
                    succeeded,
                    failed,
                    of(TaskStatus.CANCELLED),
                    of(TaskStatus.REJECTED),
                    rate(succeeded, succeeded + failed));
        }

        private long of(TaskStatus status) {
            return counts[status.ordinal()];
        }

        private static @Nullable BigDecimal rate(long part, long whole) {
            return whole == 0
                    ? null
                    : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.DOWN);
        }
    }
}
