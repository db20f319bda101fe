package dev.orchestrator.json;

import java.lang.reflect.RecordComponent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which components of a record may be missing in a file: those that are {@code @Nullable}. The first look at an annotation
 * takes the JVM longer than a short command may last, so those that the journal leaves out all the time are known here.
 */
final class Optionals {
    static final Set<String> KNOWN = Set.of(
            "AnyHead.event",
            "AnyHead.seq",
            "AnyHead.ts",
            "AcceptanceFinished.feedback",
            "ApprovalRejected.reason",
            "ApprovalRequested.expires_at",
            "AttemptFinished.cost_usd",
            "AttemptFinished.excused",
            "AttemptFinished.exit_code",
            "AttemptFinished.failure",
            "AttemptFinished.retry_at",
            "AttemptStarted.directory",
            "AttemptStarted.set_aside_usd",
            "CoordinatorMoved.tools",
            "Head.event",
            "Head.task_id",
            "Header.event",
            "Header.segment",
            "JournalRepaired.set_aside",
            "QueuePaused.model",
            "QueuePaused.until",
            "QueueResumed.model",
            "RunStarted.process_started_at",
            "SecurityViolation.real_path",
            "SecurityViolation.target",
            "TaskAccepted.requested_id",
            "TaskFinished.category",
            "TaskFinished.cost_usd",
            "TaskRejected.line",
            "TaskSpec.acceptance",
            "TaskSpec.agent",
            "TaskSpec.coordinator",
            "TaskSpec.cwd",
            "TaskSpec.guarded",
            "TaskSpec.idle_timeout",
            "TaskSpec.max_budget_usd",
            "TaskSpec.max_turns",
            "TaskSpec.model",
            "TaskSpec.output_schema",
            "TaskSpec.parent_task_id",
            "TaskSpec.retries",
            "TaskSpec.timeout",
            "TaskSpec.type",
            "TaskParsed.brief",
            "TaskParsed.files",
            "TaskParsed.steps",
            "TaskParsed.terms",
            "Terms.acceptance",
            "Terms.idle_timeout",
            "Terms.max_turns",
            "Terms.model",
            "Terms.timeout",
            "ToolUsed.target",
            "TurnStarted.earlier_status",
            "TurnStarted.message",
            "TurnStarted.session",
            "TurnStarted.source",
            "TurnStarted.undoes");

    private Optionals() {}

    /** @param name of the component as a property */
    static boolean mayBeMissing(Class<?> type, int component, String name) {
        return KNOWN.contains(type.getSimpleName() + "." + name) || isNullable(type.getRecordComponents()[component]);
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
