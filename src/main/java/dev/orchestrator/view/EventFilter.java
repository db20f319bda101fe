package dev.orchestrator.view;

import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the journal somebody wants to see.
 *
 * @param least how grave an event has to be; {@link Severity#INFO} for all
 */
public record EventFilter(Optional<TaskId> task, Optional<String> event, Severity least) {
    public static final EventFilter ALL = new EventFilter(Optional.empty(), Optional.empty(), Severity.INFO);

    /** True when {@code line} is wanted; a line that is not JSON is wanted by nobody who wants something special. */
    public boolean wants(String line) {
        return mayBeWanted(line) && (isAll() || isWanted(line));
    }

    private boolean isAll() {
        return task.isEmpty() && event.isEmpty() && least == Severity.INFO;
    }

    /** Keeps most lines from being parsed. Ids and names never need escapes in JSON. */
    private boolean mayBeWanted(String line) {
        return (task.isEmpty() || line.contains('"' + task.get().value() + '"'))
                && (event.isEmpty() || line.contains('"' + event.get() + '"'));
    }

    private boolean isWanted(String line) {
        try {
            Head head = Records.read(line, Head.class);
            return (task.isEmpty() || task.get().equals(head.taskId))
                    && (event.isEmpty() || event.get().equals(head.event))
                    && (least == Severity.INFO
                            || Severity.of(Records.tree(line)).compareTo(least) >= 0);
        } catch (IOException e) {
            return false;
        }
    }

    record Head(@Nullable TaskId taskId, @Nullable String event) {}
}
