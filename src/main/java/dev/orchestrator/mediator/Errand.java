package dev.orchestrator.mediator;

import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.TaskId;

/**
 * For whom something is asked.
 *
 * @param cancellation ends the asking
 */
public record Errand(TaskId task, int turn, Cancellation cancellation) {}
