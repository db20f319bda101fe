package dev.orchestrator.view;

import org.jspecify.annotations.Nullable;

/**
 * How values are distributed; percentiles are those of {@link NearestRank}, null when there are no values.
 *
 * @param count of the values
 * @param total their sum
 */
public record Spread<T extends Number>(
        int count,
        T total,
        @Nullable T p50,
        @Nullable T p90,
        @Nullable T p95,
        @Nullable T p99,
        @Nullable T max) {}
