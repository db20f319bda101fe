package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a task file asks for.
 *
 * @param id null when the file names none, so that one is to be generated
 */
public record TaskDraft(@Nullable TaskId id, TaskSpec spec, TaskBody body) {}
