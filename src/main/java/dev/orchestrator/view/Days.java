package dev.orchestrator.view;

import dev.orchestrator.history.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each day, in UTC, came to. For one thread. */
final class Days {
    private static final long SECONDS_A_DAY = 86_400;

    private final Map<Long, Day> days = new TreeMap<>();
    /** Most turns end on the day of the one before. */
    private long lastDay = Long.MIN_VALUE;

    private Day last = new Day();

    private static final class Day {
        private final Ends.Count ends = new Ends.Count();
        private BigDecimal cost = BigDecimal.ZERO;
        private long inputTokens;
        private long outputTokens;
    }

    void add(Fact.TurnOver turn, Instant at) {
        Day day = day(Math.floorDiv(at.getEpochSecond(), SECONDS_A_DAY));
        day.ends.add(turn.status());
        day.inputTokens += turn.inputTokens();
        day.outputTokens += turn.outputTokens();
        if (turn.costUsd() != null) {
            day.cost = day.cost.add(turn.costUsd());
        }
    }

    private Day day(long number) {
        if (number != lastDay) {
            Day known = days.get(number);
            last = known == null ? new Day() : known;
            days.put(number, last);
            lastDay = number;
        }
        return last;
    }

    /** Those on which a turn ended, the earliest first. */
    List<StatsReport.OfDay> all() {
        List<StatsReport.OfDay> all = new ArrayList<>();
        for (Map.Entry<Long, Day> entry : days.entrySet()) {
            Day day = entry.getValue();
            all.add(new StatsReport.OfDay(
                    LocalDate.ofEpochDay(entry.getKey()).toString(),
                    day.ends.ends(),
                    day.cost,
                    day.inputTokens,
                    day.outputTokens));
        }
        return all;
    }
}
