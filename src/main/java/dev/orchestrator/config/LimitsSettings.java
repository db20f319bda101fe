package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.amount;
import static dev.orchestrator.config.ValueTypes.choice;
import static dev.orchestrator.config.ValueTypes.durationOrZero;
import static dev.orchestrator.config.ValueTypes.wholeNumber;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What may be spent, and what happens when it is; rows of {@link Settings}. */
final class LimitsSettings {
    private static final Rows ROWS = new Rows();
    private static final int MOST_RUNS = 100_000_000;

    static final Setting<LimitsConfig.Resume> LIMITS_RESUME = ROWS.row(
            "limits.resume",
            choice(LimitsConfig.Resume.class),
            LimitsConfig.Resume.AUTO,
            "What happens when a spent usage window begins anew: work goes on, or you are told and say `resume`, or"
                    + " nothing until you do.");

    static final Setting<Duration> LIMITS_OUTAGE = ROWS.row(
            "limits.outage",
            durationOrZero(),
            LimitsConfig.USUAL_OUTAGE,
            "How long a task waits for a network or an API that gives no answer at all, trying now and then at no cost and"
                    + " without using attempts up, before it fails; with 0s that is a failure like any other.");

    static final Setting<Optional<BigDecimal>> LIMITS_USD_PER_TASK = ROWS.row(
            "limits.usd_per_task",
            amount().optional(),
            Optional.empty(),
            "The most that all runs of one task together may cost, in US dollars; without one, no limit.");

    static final Setting<Optional<BigDecimal>> LIMITS_USD_PER_DAY = ROWS.row(
            "limits.usd_per_day",
            amount().optional(),
            Optional.empty(),
            "The most that all runs of one day (UTC) may cost; runs at the same time share what is left, and nothing is started beyond it until the next day.");

    static final Setting<Optional<BigDecimal>> LIMITS_USD_TOTAL = ROWS.row(
            "limits.usd_total",
            amount().optional(),
            Optional.empty(),
            "The most that all runs ever may cost; nothing is started beyond it until it is raised.");

    static final Setting<Optional<Integer>> LIMITS_RUNS_PER_TASK = ROWS.row(
            "limits.runs_per_task",
            wholeNumber(1, MOST_RUNS).optional(),
            Optional.empty(),
            "How often the agent may be started for one task, not counting starts that failed for what is in everybody's way; without one, no limit.");

    static final Setting<Optional<Integer>> LIMITS_RUNS_PER_DAY = ROWS.row(
            "limits.runs_per_day",
            wholeNumber(1, MOST_RUNS).optional(),
            Optional.empty(),
            "How often the agent may be started on one day (UTC).");

    static final Setting<Optional<Integer>> LIMITS_RUNS_TOTAL = ROWS.row(
            "limits.runs_total",
            wholeNumber(1, MOST_RUNS).optional(),
            Optional.empty(),
            "How often the agent may be started ever; raise it to go on.");

    private LimitsSettings() {}

    static List<Setting<?>> rows() {
        return ROWS.all();
    }
}
