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
import java.util.List;

/** The events of whole tasks, as the pipeline emits them. */
public final class Life {
    public static final BigDecimal COST = new BigDecimal("0.10");

    private Life() {}

    /** A task that fails once, is tried again and succeeds. */
    public static List<Event> of(String name) {
        TaskId id = new TaskId(name);
        Failure overloaded = Failure.of(FailureCategory.OVERLOADED, "try later");
        return List.of(
                accepted(name),
                new TaskEvent.StepStarted(id, 1, Step.PARSE),
                new TaskEvent.TaskParsed(
                        id, 1, "bug_fix", "Title", "rules", "none", 100, List.of(), null, List.of(), null),
                new TaskEvent.StepFinished(id, 1, Step.PARSE, 1, 5),
                new TaskEvent.StepStarted(id, 1, Step.EXECUTE),
                new AttemptEvent.AttemptStarted(id, 1, 1, "claude", "s-1", false, null),
                new AttemptEvent.RunStarted(id, 1, 1, 4711, ManualTime.START, false),
                new AttemptEvent.ToolUsed(id, 1, 1, "Edit", "a", true),
                new AttemptEvent.AttemptFinished(id, 1, 1, overloaded, false, 1, 10, 1, COST),
                new AttemptEvent.RetryScheduled(id, 1, 1, FailureCategory.OVERLOADED, ManualTime.START.plusSeconds(9)),
                new TaskEvent.StepStarted(id, 1, Step.EXECUTE),
                new AttemptEvent.AttemptStarted(id, 1, 2, "claude", "s-1", true, null),
                new AttemptEvent.RunStarted(id, 1, 2, 4712, null, false),
                new AttemptEvent.SecurityViolation(id, 1, 2, "Write", "../passwd", "/etc/passwd", "outside"),
                new AttemptEvent.AttemptFinished(id, 1, 2, null, false, 0, 10, 1, COST),
                new TaskEvent.StepStarted(id, 1, Step.PERSIST),
                new TaskEvent.ArtifactWritten(id, 1, "results/" + name + ".json", "Title of " + name),
                new TaskEvent.TurnFinished(id, 1, TaskStatus.SUCCEEDED),
                new TaskEvent.TaskFinished(id, 1, TaskStatus.SUCCEEDED, "bug_fix", null, 2, 20, COST, 5, 6));
    }

    public static TaskEvent.TaskAccepted accepted(String name) {
        return new TaskEvent.TaskAccepted(
                new TaskId(name), TaskBuilder.task(name).build(), null, "utf-8", "text of " + name);
    }
}
