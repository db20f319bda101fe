package dev.orchestrator.control;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command, {@code tasks/.control/NAME.json}. Sample:
 *
 * <pre>
 * {"schema_version":1,"command":"cancel","task_id":"fix-login","text":null,"files":null,"by":"cli","at":"2026-11-22T14:25:01.000Z"}
 * </pre>
 *
 * @param command {@code cancel}, {@code retry}, {@code reply}, {@code approve}, {@code reject}, {@code undo}, {@code pause}, {@code resume}, {@code clean}, {@code prune} or
 *     {@code reload}
 * @param taskId null for a command that is about all tasks
 * @param text why, or for {@code reply} what the agent is told; or null
 * @param files globs, for {@code approve}; null or empty for all files
 * @param by who wants it, such as {@code cli}
 */
public record ControlFile(
        int schemaVersion,
        String command,
        @Nullable String taskId,
        @Nullable String text,
        @Nullable List<String> files,
        @Nullable String by,
        @Nullable Instant at) {
    static final int SCHEMA_VERSION = 1;
}
