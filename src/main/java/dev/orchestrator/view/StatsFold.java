package dev.orchestrator.view;

import dev.orchestrator.history.Fact;
import dev.orchestrator.history.HistoryLine;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adds up what happened at or after a time. For one thread. */
final class StatsFold implements Consumer<HistoryLine> {
    private final @Nullable Instant since;
    private final Map<String, Figures.Group> types = new TreeMap<>();
    /** How the latest turn of each task ended. */
    private final Map<String, TaskStatus> tasks = new HashMap<>();

    private final Map<FailureCategory, long[]> failedTurns = new EnumMap<>(FailureCategory.class);
    private final Map<FailureCategory, long[]> failedAttempts = new EnumMap<>(FailureCategory.class);
    private final Days days = new Days();
    private long violations;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /** @param since null for everything */
    StatsFold(@Nullable Instant since) {
        this.since = since;
    }

    @Override
    public void accept(HistoryLine line) {
        if (since != null && line.ts().isBefore(since)) {
            return;
        }
        Fact fact = line.fact();
        if (fact instanceof Fact.TurnOver turn) {
            add(turn, line.ts());
        } else if (fact instanceof Fact.AttemptFailed failed) {
            count(failedAttempts, failed.category());
        } else if (fact instanceof Fact.Violation) {
            violations++;
        }
    }

    private void add(Fact.TurnOver turn, Instant at) {
        first = first == null ? at : first;
        last = at;
        tasks.put(turn.taskId(), turn.status());
        days.add(turn, at);
        Figures.Group type = types.get(turn.type());
        if (type == null) {
            type = new Figures.Group();
            types.put(turn.type(), type);
        }
        type.add(turn);
        if (turn.category() != null) {
            count(failedTurns, turn.category());
        }
    }

    private static void count(Map<FailureCategory, long[]> counts, FailureCategory category) {
        long[] count = counts.get(category);
        if (count == null) {
            count = new long[1];
            counts.put(category, count);
        }
        count[0]++;
    }

    @Nullable
    Instant first() {
        return first;
    }

    @Nullable
    Instant last() {
        return last;
    }

    long violations() {
        return violations;
    }

    Figures figures() {
        Figures.Group all = new Figures.Group();
        for (Figures.Group type : types.values()) {
            all.addAll(type);
        }
        return all.figures();
    }

    Ends tasks() {
        Ends.Count count = new Ends.Count();
        for (TaskStatus status : tasks.values()) {
            count.add(status);
        }
        return count.ends();
    }

    /** By name. */
    List<StatsReport.OfType> byType() {
        List<StatsReport.OfType> found = new ArrayList<>();
        for (Map.Entry<String, Figures.Group> type : types.entrySet()) {
            found.add(new StatsReport.OfType(type.getKey(), type.getValue().figures()));
        }
        return found;
    }

    List<StatsReport.OfDay> byDay() {
        return days.all();
    }

    /** In the order in which the categories are listed. */
    List<StatsReport.OfCategory> byCategory() {
        List<StatsReport.OfCategory> found = new ArrayList<>();
        for (FailureCategory category : FailureCategory.values()) {
            long[] turns = failedTurns.get(category);
            long[] attempts = failedAttempts.get(category);
            if (turns != null || attempts != null) {
                found.add(new StatsReport.OfCategory(
                        category, turns == null ? 0 : turns[0], attempts == null ? 0 : attempts[0]));
            }
        }
        return found;
    }
}
