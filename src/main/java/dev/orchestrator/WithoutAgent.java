package dev.orchestrator;

import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskEvent.TaskFinished;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the tasks that failed for no other reason than that there is no agent: those that needed it, and those that waited
 * for one of them ({@code after}) and were never tried. Read from the journal of the run, so that a run that succeeds pays
 * nothing for it. For one thread.
 */
final class WithoutAgent {
    private final Map<TaskId, List<TaskId>> after = new HashMap<>();
    private final Set<TaskId> found = new HashSet<>();

    private WithoutAgent() {}

    /** @param before how everything stood when the run began */
    static long count(Path journal, Snapshot before) throws IOException {
        WithoutAgent count = new WithoutAgent();
        before.active().forEach(view -> count.waitsFor(view.task()));
        new JournalReader(journal).read(before.position(), (line, position) -> count.look(line));
        return count.found.size();
    }

    private void look(String line) {
        try {
            if (LineFormat.head(line).filter(head -> !matters(head.type())).isEmpty()) {
                look(LineFormat.decode(line).event());
            }
        } catch (LineFormat.MalformedLine e) {
            // The journal's writer repairs it.
        }
    }

    private static boolean matters(Class<? extends Event> type) {
        return type == TaskAccepted.class || type == TaskFinished.class;
    }

    private void look(Event event) {
        if (event instanceof TaskAccepted accepted) {
            waitsFor(accepted.task());
        } else if (event instanceof TaskFinished end && isWithoutAgent(end)) {
            found.add(end.taskId());
        }
    }

    private void waitsFor(Task task) {
        if (!task.spec().after().isEmpty()) {
            after.put(task.id(), task.spec().after());
        }
    }

    private boolean isWithoutAgent(TaskFinished end) {
        boolean neverTried = end.status() == TaskStatus.FAILED && end.attempts() == 0;
        return end.category() == FailureCategory.AGENT_MISSING
                || (neverTried
                        && after.getOrDefault(end.taskId(), List.of()).stream().anyMatch(found::contains));
    }
}
