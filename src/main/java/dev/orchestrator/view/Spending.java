package dev.orchestrator.view;

import dev.orchestrator.config.LimitsConfig;
import dev.orchestrator.state.Snapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was spent, of what may be.
 *
 * @param today the day (UTC) on which this was found out
 * @param total since the beginning
 */
public record Spending(Part today, Part total) {

    /**
     * @param day in UTC, null when it is about all days
     * @param runs that were begun
     * @param runsCap null without a limit, as {@code usdCap}
     * @param usd of the runs that ended, as the agent estimated
     */
    public record Part(
            @Nullable String day,
            long runs,
            @Nullable Integer runsCap,
            BigDecimal usd,
            @Nullable BigDecimal usdCap) {}

    /** @param caps empty when nobody knows them */
    static Spending of(Snapshot state, Instant now, Optional<LimitsConfig> caps) {
        Snapshot.Today day = state.today().at(now);
        Snapshot.Totals totals = state.totals();
        @Nullable LimitsConfig limits = caps.orElse(null);
        return new Spending(
                new Part(
                        day.day(),
                        day.attempts(),
                        limits == null ? null : limits.runsPerDay().orElse(null),
                        day.costUsd(),
                        limits == null ? null : limits.usdPerDay().orElse(null)),
                new Part(
                        null,
                        totals.attempts(),
                        limits == null ? null : limits.runsTotal().orElse(null),
                        totals.costUsd(),
                        limits == null ? null : limits.usdTotal().orElse(null)));
    }

    /** True when there is nothing to say about it: nothing was begun, and nothing is limited. */
    public boolean isEmpty() {
        return total.runs() == 0 && total.usd().signum() == 0 && !isLimited(today) && !isLimited(total);
    }

    private static boolean isLimited(Part part) {
        return part.runsCap() != null || part.usdCap() != null;
    }
}
