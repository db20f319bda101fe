package dev.orchestrator.notice;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice with all that is told, without secrets. Sample:
 *
 * <pre>
 * {"schema_version":"1.0","id":"5f0c1a2b-4711","kind":"failed","at":"...","home":"/srv/tasks","task_id":"fix-login","title":"...",
 *  "status":"failed","text":"max_turns","summary":"...","error":{...}}
 * </pre>
 *
 * @param id the same whenever this is told again, and never another's
 * @param summary of what came of the task; null when there is none yet
 * @param error why it failed, or what it waits for; null for nothing
 */
public record Letter(
        String schemaVersion,
        String id,
        Notice.Kind kind,
        Instant at,
        String home,
        @Nullable TaskId taskId,
        @Nullable String title,
        @Nullable TaskStatus status,
        String text,
        @Nullable String summary,
        @Nullable Failure error) {
    static final String SCHEMA_VERSION = "1.0";
}
