package dev.orchestrator.control;

import dev.orchestrator.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command, {@code tasks/.control/done/NAME.json} under the name of the command's file. Sample:
 *
 * <pre>
 * {"schema_version":1,"command":"cancel","task_id":"fix-login","ok":true,"message":"...","at":"..."}
 * </pre>
 *
 * @param command null when the file could not be understood
 * @param ok true when it was done
 * @param message what was done, or why not, for a person
 */
public record ControlAnswer(
        int schemaVersion,
        @Nullable String command,
        @Nullable String taskId,
        boolean ok,
        String message,
        Instant at) {

    /** That {@code command} was not done, by whoever knows. */
    public static ControlAnswer refused(String command, @Nullable TaskId task, String message, Instant at) {
        return new ControlAnswer(
                ControlFile.SCHEMA_VERSION, command, task == null ? null : task.value(), false, message, at);
    }
}
