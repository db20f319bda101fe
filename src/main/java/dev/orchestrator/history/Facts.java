package dev.orchestrator.history;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.AttemptEvent.AttemptFinished;
import dev.orchestrator.task.AttemptEvent.SecurityViolation;
import dev.orchestrator.task.DaemonEvent.SegmentOpened;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent.TaskFinished;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which lines of the journal count, and what of them does. */
final class Facts {
    private static final String EVENT = "\"event\":\"";
    private static final String TURN = "task_finished\"";
    private static final String VIOLATION = "security_violation\"";
    private static final String SEGMENT = "segment_opened\"";
    private static final String ATTEMPT = "attempt_finished\"";
    private static final String FAILURE = "\"failure\":";

    private Facts() {}

    static boolean matters(Class<? extends Event> type) {
        return type == TaskFinished.class
                || type == AttemptFinished.class
                || type == SecurityViolation.class
                || type == SegmentOpened.class;
    }

    /**
     * What counts of a line of the journal; empty for most, which are not even parsed: all of history may have to be read.
     *
     * @param after the place behind it
     */
    static Optional<HistoryLine> of(String line, JournalPosition after) {
        if (!mayCount(line)) {
            return Optional.empty();
        }
        try {
            var entry = LineFormat.decode(line);
            Fact fact = of(entry.event());
            return fact == null ? Optional.empty() : Optional.of(new HistoryLine(entry.seq(), after, entry.ts(), fact));
        } catch (LineFormat.MalformedLine e) {
            // The journal's writer repairs it.
            return Optional.empty();
        }
    }

    /** From its name, which our lines have near their beginning; whatever is written in another way is looked at. */
    private static boolean mayCount(String line) {
        int name = line.indexOf(EVENT) + EVENT.length();
        return name < EVENT.length()
                || line.startsWith(TURN, name)
                || line.startsWith(VIOLATION, name)
                || line.startsWith(SEGMENT, name)
                || (line.startsWith(ATTEMPT, name) && line.contains(FAILURE));
    }

    private static @Nullable Fact of(Event event) {
        if (event instanceof TaskFinished end) {
            return turn(end);
        }
        if (event instanceof AttemptFinished end && end.failure() != null) {
            return new Fact.AttemptFailed(end.failure().category());
        }
        if (event instanceof SecurityViolation) {
            return new Fact.Violation();
        }
        return event instanceof SegmentOpened ? new Fact.SegmentBegun() : null;
    }

    private static Fact turn(TaskFinished end) {
        return new Fact.TurnOver(
                end.taskId().value(),
                end.status(),
                plain(end.type()),
                end.category(),
                end.attempts(),
                end.durationMs(),
                end.costUsd(),
                end.inputTokens(),
                end.outputTokens());
    }

    /** Types are plain names; should a journal say otherwise, the lines here need no escapes all the same. */
    private static String plain(String type) {
        StringBuilder plain = new StringBuilder(type.length());
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            boolean special = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
            plain.append(special ? '_' : c);
        }
        return plain.toString();
    }
}
