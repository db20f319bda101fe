package dev.orchestrator.artifact;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.Verbatim;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code results/ID.json}: everything that is known about the latest turn of a task when it ended. The schema is {@code
 * docs/schema/artifact.schema.json}; the order of the components is the order in the file. Long texts are capped; the whole
 * text is reachable under {@link Paths}.
 *
 * @param attempt the attempt that decided, 0 when the agent was never started
 * @param success true exactly when {@code status} is succeeded
 * @param cwd the working directory as the task named it, null when it did not
 * @param result what the agent said last
 * @param output the object that the task asks for; null for none
 * @param summaryBy whose words the summary is: {@code agent}, {@code orchestrator}, or a model's name; null in earlier files
 * @param filesModifiedIn directory, or copy: of those of a guarded task nothing was applied; null in earlier files
 * @param filesUnread where a change would not have been seen, relative to the working directory; {@code .} is all of it
 * @param coordination what a coordinator did, in order; empty when none leads the task, null in earlier files
 * @param error why not; null on success, and when a person cancelled the task
 */
public record Artifact(
        String schemaVersion,
        TaskId taskId,
        int turn,
        int attempt,
        TaskStatus status,
        boolean success,
        String type,
        String title,
        Priority priority,
        List<String> labels,
        @Nullable String cwd,
        TaskSource source,
        @Nullable TaskId parentTaskId,
        @Nullable TaskId turnOf,
        Instant acceptedAt,
        @Nullable Instant startedAt,
        Instant finishedAt,
        long durationMs,
        String result,
        @Nullable Map<String, @Nullable Object> output,
        String summary,
        @Nullable String summaryBy,
        List<String> suggestedActions,
        @Nullable Failure error,
        List<FileChanged> filesModified,
        int filesModifiedCount,
        @Nullable String filesModifiedIn,
        List<String> filesUnread,
        @Nullable AgentReport agent,
        List<AttemptReport> attempts,
        ParserReport parser,
        ValidationResult validation,
        List<AcceptanceRun> acceptance,
        @Nullable List<CoordinatorMove> coordination,
        SecurityReport security,
        @Nullable Approval approval,
        List<Message> conversation,
        Paths paths) {

    public static final String SCHEMA_VERSION = "1.0";

    public Artifact {
        labels = List.copyOf(labels);
        suggestedActions = List.copyOf(suggestedActions);
        filesModified = List.copyOf(filesModified);
        filesUnread = List.copyOf(filesUnread);
        attempts = List.copyOf(attempts);
        acceptance = List.copyOf(acceptance);
        coordination = coordination == null ? null : List.copyOf(coordination);
        conversation = List.copyOf(conversation);
        if (success != (status == TaskStatus.SUCCEEDED) || (success && error != null)) {
            throw new IllegalArgumentException("artifact of " + taskId + " contradicts itself: " + status + ", success "
                    + success + ", error " + error);
        }
    }

    /** What {@link #filesModifiedIn} is. */
    public static String placeOf(SecurityReport security, @Nullable Approval approval) {
        boolean applied = approval != null && "granted".equals(approval.decision());
        return security.guardedWrite() && !applied ? "copy" : "directory";
    }

    /** True when its agent worked in a copy, and nothing of what it changed there is in the directory. */
    public boolean isOnlyInCopy() {
        return placeOf(security, approval).equals("copy");
    }

    /** The same turn, which waited for a person and now ends as {@code end} instead. What it took is the work, without the wait. */
    public Artifact endedAs(TaskStatus end, @Nullable Failure why, Instant now) {
        return ended(end, now, why == null ? summary : why.message(), why, approval);
    }

    /**
     * The same turn, about whose change a person has decided.
     *
     * @param decided with what was decided
     */
    public Artifact decidedAs(TaskStatus end, Approval decided, Instant now) {
        return ended(end, now, summary, null, decided);
    }

    private Artifact ended(
            TaskStatus end, Instant now, String newSummary, @Nullable Failure why, @Nullable Approval decided) {
        return new Artifact(
                schemaVersion,
                taskId,
                turn,
                attempt,
                end,
                end == TaskStatus.SUCCEEDED,
                type,
                title,
                priority,
                labels,
                cwd,
                source,
                parentTaskId,
                turnOf,
                acceptedAt,
                startedAt,
                now,
                durationMs,
                result,
                output,
                newSummary,
                why == null ? summaryBy : "orchestrator",
                why == null ? List.of() : List.of(why.suggestedAction()),
                why,
                filesModified,
                filesModifiedCount,
                placeOf(security, decided),
                filesUnread,
                agent,
                attempts,
                parser,
                validation,
                acceptance,
                coordination,
                security,
                decided,
                conversation,
                paths);
    }

    /**
     * One file that changed, from comparing the directory before and after.
     *
     * @param path relative to the working directory, with forward slashes
     * @param change added, modified or deleted
     * @param bytes size afterwards
     * @param sha256 of the content afterwards; null when deleted or too large
     */
    public record FileChanged(
            String path,
            String change,
            long bytes,
            @Nullable String sha256) {}

    /**
     * What the agent reported about itself.
     *
     * @param costUsd an estimate by the agent, summed over this turn's attempts
     * @param usage tokens by kind, as the agent counts them
     * @param exitCode null when the process ended while no daemon watched
     */
    public record AgentReport(
            String name,
            @Nullable String version,
            @Nullable String sessionId,
            @Nullable String model,
            int numTurns,
            @Nullable BigDecimal costUsd,
            Map<String, Long> usage,
            List<Denial> permissionDenials,
            @Nullable String terminalReason,
            @Nullable Integer exitCode) {}

    /** A tool call that was refused. */
    public record Denial(String tool, @Nullable String target) {}

    /**
     * One start of the agent. What is null in the last four was written by an earlier version.
     *
     * @param resumed true when it went on in the session of an earlier attempt or turn
     * @param excused true when it cost the task none of its attempts, whatever it failed for
     * @param adopted true when its run outlived the daemon that started it, and a later one followed it to its end
     */
    public record AttemptReport(
            int attempt,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable FailureCategory category,
            @Nullable String message,
            @Nullable String sessionId,
            @Nullable Boolean resumed,
            @Nullable Boolean adopted,
            @Nullable Boolean excused) {}

    /** @param steps what was tried to find out, in order; null in what earlier versions wrote */
    public record ParserReport(
            String mode, String reason, @Nullable List<String> steps) {}

    /**
     * @param valid null when the work was not judged: the agent asked something instead, failed by itself, was cancelled or
     *     was never started
     */
    public record ValidationResult(@Nullable Boolean valid, List<Check> checks) {
        public ValidationResult {
            checks = List.copyOf(checks);
        }
    }

    /**
     * @param verdict pass, fail, skipped (nothing to check) or unknown (what would have to be seen could not be)
     * @param severity error (a check that fails or is unknown fails the turn) or warning
     */
    public record Check(String name, String verdict, String severity, String detail) {}

    /**
     * The protection that was in force, and what it refused.
     *
     * @param guard enforced: each call was asked for before it happened; rules: of some calls nobody was asked, and the
     *     agent's own permission rules held alone; none: there was no run
     * @param unguardedCalls how many calls those were; null in what earlier versions wrote
     * @param projectConfig off: no settings of the repository counted; trusted: its hooks and MCP servers did; changed: they
     *     stayed off, since they are not what was trusted; null in what earlier versions wrote
     */
    public record SecurityReport(
            String guard,
            @Nullable Integer unguardedCalls,
            String sandbox,
            @Nullable String projectConfig,
            boolean guardedWrite,
            List<String> allowedRoots,
            List<Violation> violations) {}

    /** @param realPath where {@code target} leads, links followed; null when it is no path */
    public record Violation(
            String tool, @Nullable String target, @Nullable String realPath, String reason) {}

    /**
     * The change of a guarded task, and what a person said about it. What nobody has said or done yet is null or empty.
     *
     * @param requestedAt when it began to wait
     * @param expiresAt when it is rejected if nobody says anything; null for never
     * @param patchSha256 of the patch under {@link Paths#patch}
     * @param files how many files it touches
     * @param leftOut what was changed too and is in no patch: devices, sockets, repositories within
     * @param decision granted or rejected
     * @param by who decided
     * @param granted globs of what was granted; empty for all
     * @param applied files that are different in the directory because of it
     * @param merged those of them that somebody else had changed meanwhile
     * @param undoPatch where the way back can be read, relative to the home
     */
    public record Approval(
            Instant requestedAt,
            @Nullable Instant expiresAt,
            @Verbatim String patchSha256,
            int files,
            List<String> leftOut,
            @Nullable String decision,
            @Nullable String by,
            @Nullable Instant decidedAt,
            @Nullable String reason,
            List<String> granted,
            List<String> applied,
            List<String> merged,
            @Nullable String undoPatch) {
        public Approval {
            leftOut = List.copyOf(leftOut);
            granted = List.copyOf(granted);
            applied = List.copyOf(applied);
            merged = List.copyOf(merged);
        }
    }

    /** @param role user, agent, or mediator: a model or a rule that answered in the user's place */
    public record Message(int turn, String role, String content, Instant at) {}

    /** Where the rest is, relative to the home. */
    public record Paths(
            String summary,
            @Nullable String prompt,
            @Nullable String transcript,
            @Nullable String stderr,
            @Nullable String patch) {}
}
