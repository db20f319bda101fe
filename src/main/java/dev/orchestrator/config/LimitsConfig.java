package dev.orchestrator.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What may be spent, and what happens when the plan's usage window is. Days are those of UTC.
 *
 * @param resume what happens when a usage window begins anew
 * @param outage how long a task waits for a network or an API that does not answer
 */
public record LimitsConfig(
        Resume resume,
        Duration outage,
        Optional<BigDecimal> usdPerTask,
        Optional<BigDecimal> usdPerDay,
        Optional<BigDecimal> usdTotal,
        Optional<Integer> runsPerTask,
        Optional<Integer> runsPerDay,
        Optional<Integer> runsTotal) {

    static final Duration USUAL_OUTAGE = Duration.ofHours(12);

    /** When no setting says anything. */
    static final LimitsConfig NONE = new LimitsConfig(
            Resume.AUTO,
            USUAL_OUTAGE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What happens when a usage window begins anew. */
    public enum Resume {
        /** Work goes on. */
        AUTO,
        /** The user is told, and work goes on when somebody says so. */
        ASK,
        /** Nothing happens until somebody says so. */
        OFF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static LimitsConfig from(Values values) {
        return new LimitsConfig(
                values.get(LimitsSettings.LIMITS_RESUME),
                values.get(LimitsSettings.LIMITS_OUTAGE),
                values.get(LimitsSettings.LIMITS_USD_PER_TASK),
                values.get(LimitsSettings.LIMITS_USD_PER_DAY),
                values.get(LimitsSettings.LIMITS_USD_TOTAL),
                values.get(LimitsSettings.LIMITS_RUNS_PER_TASK),
                values.get(LimitsSettings.LIMITS_RUNS_PER_DAY),
                values.get(LimitsSettings.LIMITS_RUNS_TOTAL));
    }
}
