package dev.orchestrator.testkit;

import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Turns of tasks as the pipeline journals them, of all kinds, by chance. The seed makes the same ones again. */
public final class RandomPast {
    private static final List<String> TYPES = List.of("analyze", "bug_fix", "code_review");

    private final Random random;
    private int tasks;

    public RandomPast(long seed) {
        this.random = new Random(seed);
    }

    /** All events of one turn; sometimes it is a further turn of an earlier task. */
    public List<Event> turn() {
        boolean again = tasks > 0 && random.nextInt(8) == 0;
        TaskId id = new TaskId("task-" + (again ? random.nextInt(tasks) : tasks++));
        int turn = again ? 2 : 1;
        List<Event> events = new ArrayList<>();
        if (!again) {
            events.add(Life.accepted(id.value()));
        }
        events.add(new TaskEvent.StepStarted(id, turn, Step.EXECUTE));
        int attempts = random.nextInt(4);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            attempt(events, id, turn, attempt, attempt < attempts);
        }
        end(events, id, turn, attempts);
        return events;
    }

    private void attempt(List<Event> events, TaskId id, int turn, int attempt, boolean fails) {
        events.add(new AttemptEvent.AttemptStarted(id, turn, attempt, "claude", "s", attempt > 1, null));
        for (int i = random.nextInt(3); i > 0; i--) {
            events.add(new AttemptEvent.ToolUsed(id, turn, attempt, "Read", "the \"task_finished\" file", true));
        }
        if (random.nextInt(5) == 0) {
            events.add(new AttemptEvent.SecurityViolation(
                    id, turn, attempt, "Write", "../passwd", "/etc/passwd", "outside"));
        }
        @Nullable Failure failure = fails ? Failure.of(category(), "try \"later\"") : null;
        events.add(new AttemptEvent.AttemptFinished(id, turn, attempt, failure, false, 0, 10, 1, cost()));
    }

    private void end(List<Event> events, TaskId id, int turn, int attempts) {
        TaskStatus status = List.of(TaskStatus.SUCCEEDED, TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.CANCELLED)
                .get(random.nextInt(4));
        events.add(new TaskEvent.ArtifactWritten(id, turn, "results/" + id + ".json", "Title"));
        events.add(new TaskEvent.TurnFinished(id, turn, status));
        events.add(new TaskEvent.TaskFinished(
                id,
                turn,
                status,
                TYPES.get(random.nextInt(TYPES.size())),
                status == TaskStatus.FAILED ? category() : null,
                attempts,
                random.nextInt(100_000),
                cost(),
                random.nextInt(5_000),
                random.nextInt(9_000)));
    }

    private FailureCategory category() {
        return FailureCategory.values()[random.nextInt(FailureCategory.values().length)];
    }

    private @Nullable BigDecimal cost() {
        return random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(3_000_000), random.nextInt(18));
    }
}
