package dev.orchestrator.view;

import dev.orchestrator.task.FailureCategory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the past comes to.
 *
 * @param at when this was found out
 * @param since only what happened at that time or later; null for everything
 * @param first when the first of these turns ended; null when there is none
 * @param last when the last did
 * @param tasks by how their latest turn ended; a task that was done again is one task
 * @param all of all turns that are over
 * @param byType by the name of the type
 * @param byDay on which a turn ended, in UTC, the earliest first
 * @param byCategory those that occurred
 * @param securityViolations refused calls that reached outside
 * @param spending independent of {@code since}
 * @param settingsProblem why the caps are not known; null when they are
 */
public record StatsReport(
        String schemaVersion,
        Instant at,
        String home,
        @Nullable Instant since,
        @Nullable Instant first,
        @Nullable Instant last,
        Ends tasks,
        Figures all,
        List<OfType> byType,
        List<OfDay> byDay,
        List<OfCategory> byCategory,
        long securityViolations,
        Spending spending,
        @Nullable String settingsProblem) {
    static final String SCHEMA_VERSION = "1.0";

    public StatsReport {
        byType = List.copyOf(byType);
        byDay = List.copyOf(byDay);
        byCategory = List.copyOf(byCategory);
    }

    /** The turns of one type. */
    public record OfType(String type, Figures figures) {}

    /**
     * The turns that ended on one day.
     *
     * @param day such as {@code 2026-11-22}
     * @param costUsd of those whose cost is known
     */
    public record OfDay(String day, Ends turns, BigDecimal costUsd, long inputTokens, long outputTokens) {}

    /**
     * What went wrong.
     *
     * @param turns that failed for it in the end
     * @param attempts that failed for it, also those that another attempt made up for
     */
    public record OfCategory(FailureCategory category, long turns, long attempts) {}

    /** True when no turn is over. */
    public boolean isEmpty() {
        return all.turns().total() == 0;
    }
}
