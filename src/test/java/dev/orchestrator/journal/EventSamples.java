package dev.orchestrator.journal;

import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.ApprovalEvent;
import dev.orchestrator.task.AttemptEvent;
import dev.orchestrator.task.CoordinatorEvent;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.NoticeEvent;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.ScheduleEvent;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.Terms;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.TaskBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** At least one of each kind of event, with and without what may be missing. */
final class EventSamples {
    static final String DIFFICULT = "line\nbreak \r\t \u2028 \u0000 \"quoted\" \\ çalışma 日本 😀 </script>";
    private static final TaskId ID = new TaskId("fix-login");
    private static final Instant AT = ManualTime.START;
    private static final BigDecimal COST = new BigDecimal("0.1234567890123456789");

    private static final Terms TERMS = new Terms(
            Access.WRITE,
            true,
            List.of("Bash(mvn *)"),
            List.of("docs/*.md"),
            "opus",
            40,
            Duration.ofMinutes(45),
            Duration.ofMinutes(10),
            new Acceptance(List.of("mvn test"), Duration.ofMinutes(5), 2));

    private EventSamples() {}

    static List<Event> all() {
        return List.of(
                new DaemonEvent.SegmentOpened("1.0", 7),
                new DaemonEvent.DaemonStarted("0.1.0", 4711, 3),
                new DaemonEvent.DaemonStopped("drained", List.of(ID)),
                new DaemonEvent.JournalRepaired("torn end cut", 12, null),
                new DaemonEvent.JournalRepaired("damaged", 12, "events.ndjson.corrupt-1"),
                new DaemonEvent.TaskRejected("a.task.md", "tasks/rejected/a", "00", DIFFICULT, 3, "say less"),
                new DaemonEvent.TaskRejected("a.task.md", "tasks/rejected/a", "00", "why", null, ""),
                new DaemonEvent.QueuePaused(Hold.Cause.PERSON, null, "paused", "resume", null, "cli"),
                new DaemonEvent.QueuePaused(Hold.Cause.USAGE_LIMIT, "opus", DIFFICULT, "wait", AT, "orchestrator"),
                new DaemonEvent.QueueResumed(Hold.Cause.PERSON, null, DIFFICULT, "cli"),
                new DaemonEvent.QueueResumed(Hold.Cause.USAGE_LIMIT, "opus", "reset", "orchestrator"),
                new DaemonEvent.Unknown("from_the_future"),
                new TaskEvent.TaskAccepted(
                        ID, TaskBuilder.task("fix-login").after("a", "b").build(), null, "utf-8", DIFFICULT),
                new TaskEvent.TaskAccepted(
                        ID, TaskBuilder.task("fix-login").reads("/r").build(), new TaskId("fix"), "base64", "AA=="),
                new TaskEvent.TurnStarted(
                        ID,
                        2,
                        "cli",
                        TaskBuilder.task("fix-login").build(),
                        "5f0c",
                        3,
                        COST,
                        TaskStatus.FAILED,
                        null,
                        DIFFICULT,
                        new ReplySource(DIFFICULT, "00", AT)),
                new TaskEvent.TurnStarted(
                        ID,
                        3,
                        "cli",
                        TaskBuilder.task("fix-login").build(),
                        null,
                        0,
                        BigDecimal.ZERO,
                        null,
                        2,
                        null,
                        null),
                new TaskEvent.TaskAccepted(
                        ID,
                        TaskBuilder.task("fix-login")
                                .acceptedBy(2, "mvn test")
                                .by("codex")
                                .parent("before")
                                .coordinated()
                                .outputSchema("{\"type\":\"object\"}")
                                .build(),
                        null,
                        "utf-8",
                        "x"),
                new AttemptEvent.AcceptanceFinished(
                        ID,
                        1,
                        1,
                        1,
                        false,
                        List.of(
                                new AttemptEvent.CommandEnd("mvn test", "red", 1, 900),
                                new AttemptEvent.CommandEnd("sleep 9", "timeout", null, 900)),
                        DIFFICULT),
                new AttemptEvent.AcceptanceFinished(ID, 1, 2, 2, true, List.of(), null),
                new AttemptEvent.QuestionAnswered(ID, 1, 1, "Which?", DIFFICULT, "llama3.2"),
                new CoordinatorEvent.CoordinatorMoved(
                        ID, 1, 1, Move.Tool.RUN_AGENT, DIFFICULT, true, List.of("Bash(ls)"), 0, "", "", false),
                new CoordinatorEvent.CoordinatorMoved(
                        ID, 1, 2, Move.Tool.FINISH, DIFFICULT, false, null, 1, DIFFICULT, "", false),
                new CoordinatorEvent.CoordinatorAway(ID, 1, DIFFICULT, AT),
                new DaemonEvent.ConfigReloaded(
                        "file", List.of(new DaemonEvent.ConfigReloaded.Change("workers", "3", "8", DIFFICULT))),
                new NoticeEvent.ChannelOpened("webhook"),
                new NoticeEvent.ChannelClosed("webhook"),
                new NoticeEvent.NoticeSent("webhook", 4711),
                new NoticeEvent.NoticeRefused("webhook", 4711, DIFFICULT),
                new ScheduleEvent.ScheduleSet("nightly", "0 3 * * 1-5", "Europe/Berlin"),
                new ScheduleEvent.ScheduleDue("nightly", AT, ID),
                new ScheduleEvent.ScheduleSkipped("nightly", AT, DIFFICULT),
                new ScheduleEvent.ScheduleRefused("nightly", DIFFICULT),
                new ScheduleEvent.ScheduleRemoved("nightly"),
                new DaemonEvent.ConfigRefused("SIGHUP", List.of(DIFFICULT)),
                new TaskEvent.StepStarted(ID, 1, Step.PARSE),
                new TaskEvent.StepFinished(ID, 1, Step.PERSIST, 42, 100),
                new TaskEvent.TaskParsed(
                        ID, 1, "bug_fix", "Title", "rules", "no mediator", 1234, null, null, null, null),
                new TaskEvent.TaskParsed(
                        ID,
                        1,
                        "bug_fix",
                        "Title",
                        "llm_json",
                        "told by m",
                        1234,
                        List.of("a"),
                        "Brief.",
                        List.of("x"),
                        TERMS),
                new TaskEvent.TaskParsed(
                        ID,
                        1,
                        "analyze",
                        "Title",
                        "rules",
                        "none",
                        9,
                        null,
                        null,
                        null,
                        new Terms(Access.READ, false, List.of(), List.of(), null, null, null, null, null)),
                new TaskEvent.MediatorAsked(
                        ID, 1, "parse", "llama3.2", true, List.of("schema: answered"), 400, 50, 2_000, 900),
                new AttemptEvent.AttemptStarted(ID, 1, 2, "claude", "5f0c", true, null),
                new AttemptEvent.AttemptStarted(ID, 1, 2, "claude", "5f0c", true, null, "/home/.staging/a/work"),
                new ApprovalEvent.ApprovalRequested(ID, 1, "results/a.patch", "00", 3, AT),
                new ApprovalEvent.ApprovalRequested(ID, 1, "results/a.patch", "00", 3, null),
                new ApprovalEvent.ApprovalGranted(ID, 1, "cli", List.of("src/**")),
                new ApprovalEvent.ApprovalRejected(ID, 1, "cli", DIFFICULT),
                new ApprovalEvent.ApprovalRejected(ID, 1, "cli", null),
                new ApprovalEvent.ChangeApplied(ID, 1, List.of(DIFFICULT), 1, List.of()),
                new ApprovalEvent.ChangeRefused(ID, 1, List.of(DIFFICULT)),
                new AttemptEvent.RunStarted(ID, 1, 2, 99, AT, false),
                new AttemptEvent.RunStarted(ID, 1, 2, 99, null, true),
                new AttemptEvent.ToolUsed(ID, 1, 2, "Bash", null, false),
                new AttemptEvent.ToolUsed(ID, 1, 2, "Edit", DIFFICULT, true),
                new AttemptEvent.AttemptFinished(ID, 1, 2, null, false, 0, 41_234, 7, COST),
                new AttemptEvent.AttemptFinished(
                        ID, 1, 2, Failure.of(FailureCategory.OVERLOADED, DIFFICULT), true, null, 1, 0, null),
                new AttemptEvent.FilesModified(ID, 1, 2, List.of("src/a b.py", DIFFICULT), 2),
                new AttemptEvent.SecurityViolation(ID, 1, 2, "Write", "../passwd", "/etc/passwd", "outside"),
                new TaskEvent.QuestionAsked(ID, 1, 2, DIFFICULT),
                new AttemptEvent.AttemptFinished(ID, 1, 2, null, false, 1, 41_234, 7, COST, AT, true),
                new AttemptEvent.RetryScheduled(ID, 1, 2, FailureCategory.RATE_LIMIT, AT),
                new AttemptEvent.PausedByLimit(ID, 1, 2, "five_hour", AT),
                new TaskEvent.TaskDeferred(ID, 1, DIFFICULT, AT),
                new TaskEvent.Validated(ID, 1, false, List.of("evidence"), List.of()),
                new TaskEvent.ArtifactWritten(ID, 1, "results/fix-login.json", DIFFICULT),
                new TaskEvent.TurnFinished(ID, 1, TaskStatus.AWAITING_APPROVAL),
                new TaskEvent.TaskCancelled(ID, "user"),
                new TaskEvent.TaskFinished(
                        ID, 1, TaskStatus.FAILED, "bug_fix", FailureCategory.CRASH, 3, 5, new BigDecimal("10"), 6, 7),
                new TaskEvent.TaskFinished(
                        ID, 1, TaskStatus.SUCCEEDED, "bug_fix", null, 1, 5, new BigDecimal("0.50"), 6, 7),
                new TaskEvent.TaskFinished(ID, 1, TaskStatus.SUCCEEDED, "bug_fix", null, 1, 5, null, 6, 7));
    }
}
