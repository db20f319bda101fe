package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task file asks for.
 *
 * @param id null when the file names none, so that one is to be generated
 * @param keyLines in which line of the file each key stands, for whoever finds fault with one later
 * @param writtenIds the ids behind each key that has any, in the letters in which they stand there: a secret in capitals is
 *     not known for one in others
 */
public record TaskDraft(
        @Nullable TaskId id,
        TaskSpec spec,
        TaskBody body,
        Map<String, Integer> keyLines,
        Map<String, List<String>> writtenIds) {

    public TaskDraft {
        keyLines = Map.copyOf(keyLines);
        writtenIds = Map.copyOf(writtenIds);
    }
}
