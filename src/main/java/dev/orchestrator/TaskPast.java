package dev.orchestrator;

import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskEvent.TurnStarted;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the journal has of a task, since it was accepted; the last time, when its id was used more than once. */
final class TaskPast {
    private final TaskId id;
    private final List<TurnStarted> turns = new ArrayList<>();
    private @Nullable Task accepted;

    private TaskPast(TaskId id) {
        this.id = id;
    }

    static TaskPast read(JournalReader reader, TaskId id) throws IOException {
        TaskPast past = new TaskPast(id);
        reader.read(reader.start(), (line, after) -> past.add(line));
        return past;
    }

    private void add(String line) {
        try {
            boolean matters = LineFormat.head(line)
                    .filter(head -> head.type() != TaskAccepted.class && head.type() != TurnStarted.class)
                    .isEmpty();
            if (matters) {
                add(LineFormat.decode(line).event());
            }
        } catch (LineFormat.MalformedLine e) {
            // The journal's writer repairs it.
        }
    }

    private void add(Event event) {
        if (event instanceof TaskAccepted acceptance && acceptance.taskId().equals(id)) {
            accepted = acceptance.task();
            turns.clear();
        } else if (event instanceof TurnStarted turn && turn.taskId().equals(id)) {
            turns.add(turn);
        }
    }

    /** As it was accepted; empty when that is not in the journal any more. */
    Optional<Task> accepted() {
        return Optional.ofNullable(accepted);
    }

    boolean wasSaid(ReplySource source) {
        return turns.stream().map(TurnStarted::source).anyMatch(said -> said != null && said.isSame(source));
    }

    /** What was said to begin {@code turn}; null when it was to do the task. */
    @Nullable
    String opening(int turn) {
        return turns.stream()
                .filter(begun -> begun.turn() == turn)
                .findFirst()
                .map(TurnStarted::message)
                .orElse(null);
    }
}
