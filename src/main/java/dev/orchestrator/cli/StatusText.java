package dev.orchestrator.cli;

import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.view.DaemonStatus;
import dev.orchestrator.view.ScheduleReport;
import dev.orchestrator.view.StatusReport;
import dev.orchestrator.view.TaskReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** {@code status} for a person. */
final class StatusText {
    private static final int TITLE = 60;
    private static final int ID = 28;
    private static final int WAITS = 300;
    private static final int MOST_UNREAD = 20;

    private final PrintWriter out;
    private final ReadCommand style;

    StatusText(PrintWriter out, ReadCommand style) {
        this.out = out;
        this.style = style;
    }

    void print(StatusReport report) {
        out.println(style.bold("Daemon: ") + daemon(report));
        if (report.isEmpty()) {
            out.println("Nothing here yet: drop a task file NAME.task.md into " + report.home() + "/tasks.");
            return;
        }
        totals(report);
        if (report.commands() > 0 && !report.daemon().isAlive()) {
            out.println(report.commands() + (report.commands() == 1 ? " command waits" : " commands wait")
                    + " in tasks/.control/ for a daemon, which does " + (report.commands() == 1 ? "it" : "them")
                    + " first.");
        }
        holds(report);
        running(report);
        queued(report);
        waiting(report.waiting());
        recent(report);
        schedules(report);
        unread(report.unreadSchedules());
    }

    private static String daemon(StatusReport report) {
        DaemonStatus daemon = report.daemon();
        String who = daemon.pid() == null ? "" : "process " + daemon.pid() + ", version " + daemon.version();
        String since = daemon.since() == null ? "" : " since " + Shown.time(daemon.since()) + " UTC";
        return switch (daemon.state()) {
            case RUNNING -> "running" + since + " (" + who + workers(daemon) + ")";
            case STOPPING -> "stopping: takes no files and starts nothing (" + who + workers(daemon) + ")";
            case STOPPED ->
                "not running; stopped " + (daemon.stoppedAt() == null ? "" : Shown.time(daemon.stoppedAt()) + " UTC");
            case DIED ->
                "not running; the last one (" + who + since + ") ended without a word. `run` takes up what it left.";
            case NEVER_STARTED -> "not running, and never was in " + report.home();
        };
    }

    private static String workers(DaemonStatus daemon) {
        return daemon.workers() == null ? "" : ", " + daemon.workers() + " workers";
    }

    private void totals(StatusReport report) {
        Snapshot.Totals totals = report.totals();
        StringBuilder line = new StringBuilder();
        line.append(totals.accepted()).append(" accepted");
        for (TaskStatus status : TaskStatus.values()) {
            long count = totals.over(status);
            if (count > 0) {
                line.append(", ").append(count).append(' ').append(status);
            }
        }
        line.append("; ").append(totals.attempts()).append(" attempts");
        if (totals.costUsd().signum() > 0) {
            line.append(", $").append(totals.costUsd().toPlainString());
        }
        out.println(style.bold("Tasks:  ") + line);
        Snapshot.Today today = report.today();
        if (today.attempts() > 0) {
            out.println("        today (UTC): " + today.attempts() + " attempts, $"
                    + today.costUsd().toPlainString());
        }
        notes(report, totals);
    }

    private void holds(StatusReport report) {
        for (Hold hold : report.holds()) {
            out.println(style.bold("Paused: ") + Shown.hold(hold));
        }
    }

    private void notes(StatusReport report, Snapshot.Totals totals) {
        if (totals.securityViolations() > 0) {
            out.println("        " + totals.securityViolations() + " security violations");
        }
        if (totals.rejectedFiles() > 0) {
            out.println("        " + totals.rejectedFiles() + " files not understood (tasks/rejected)");
        }
        if (report.droppedFiles() > 0) {
            String more = report.droppedFiles() == StatusReport.MOST_DROPPED ? " or more" : "";
            out.println("        " + report.droppedFiles() + more + " files in tasks/ not accepted yet");
        }
        if (report.unusableEntries() > 0) {
            out.println(
                    "        " + report.unusableEntries() + " in tasks/ are links or directories, which are not taken");
        }
    }

    private void running(StatusReport report) {
        boolean alive = report.daemon().isAlive();
        heading(
                alive ? "Running" : "Running when the daemon ended",
                report.running().size());
        for (TaskReport task : report.running()) {
            String step = task.step() == null ? "" : task.step() + " ";
            out.println("  " + id(task) + Shown.pad(step + task.percent() + "%", 14) + elapsed(task, alive) + "attempt "
                    + task.attempt() + turn(task) + "  " + title(task.title()));
        }
    }

    /** Without a daemon nothing goes on, and the time since the start says nothing. */
    private static String elapsed(TaskReport task, boolean alive) {
        return alive && task.elapsedMs() != null ? Shown.pad(Shown.duration(task.elapsedMs()), 13) : "";
    }

    private void queued(StatusReport report) {
        heading("Queued", report.queuedCount());
        for (TaskReport task : report.queued()) {
            String why = task.waitsFor().isEmpty() ? "" : "  " + Shown.line(String.join(", ", task.waitsFor()), WAITS);
            out.println("  " + id(task) + title(task.title()) + turn(task) + why);
        }
        int more = report.queuedCount() - report.queued().size();
        if (more > 0) {
            out.println("  and " + more + " more");
        }
    }

    private void waiting(List<TaskReport> waiting) {
        heading("Waiting for a person", waiting.size());
        for (TaskReport task : waiting) {
            out.println("  " + id(task) + Shown.pad(task.status().toString(), 19) + title(task.title()));
            if (task.approval() != null) {
                out.println("    " + ApprovalText.of(task.taskId(), task.approval()));
            }
            if (task.status() == TaskStatus.AWAITING_REPLY) {
                out.println("    asks: " + QuestionText.of(task.taskId(), task.question()));
                out.println("    " + QuestionText.next(task.taskId()));
            }
        }
    }

    private void recent(StatusReport report) {
        heading("Ended last", report.recent().size());
        for (Snapshot.FinishedTask task : report.recent()) {
            Duration ago = Duration.between(task.finishedAt(), report.at());
            out.println("  " + Shown.pad(task.taskId().value(), ID) + " "
                    + Shown.pad(task.status().toString(), 11)
                    + Shown.pad("in " + Shown.duration(task.durationMs()), 16)
                    + Shown.pad(Shown.duration(Math.max(0, ago.toMillis())) + " ago", 16) + title(task.title()));
        }
    }

    private void schedules(StatusReport report) {
        heading("Schedules", report.schedules().size());
        for (ScheduleReport schedule : report.schedules()) {
            String last = schedule.lastSkipped() == null
                    ? schedule.lastTask() == null ? "" : "  last " + schedule.lastTask()
                    : "  last skipped: " + schedule.lastSkipped();
            out.println("  " + Shown.pad(schedule.name(), ID) + " " + Shown.line(due(schedule) + last, WAITS));
        }
    }

    private void unread(List<String> names) {
        heading("Schedules", names.size());
        names.stream().limit(MOST_UNREAD).forEach(name -> out.println("  " + Shown.line(name, TITLE)));
        if (names.size() > MOST_UNREAD) {
            out.println("  and " + (names.size() - MOST_UNREAD) + " more");
        }
        if (!names.isEmpty()) {
            out.println("  What comes of them, and when, is known when a daemon runs; `doctor` looks at them now.");
        }
    }

    private static String due(ScheduleReport schedule) {
        if (schedule.problem() != null) {
            return "nothing comes of it: " + schedule.problem();
        }
        String next = schedule.nextDue() == null ? "never" : Shown.time(schedule.nextDue()) + " UTC";
        return "next " + next + "  (" + schedule.when() + ", " + schedule.timeZone() + ")";
    }

    private void heading(String text, int count) {
        if (count > 0) {
            out.println();
            out.println(style.bold(text + " (" + count + ")"));
        }
    }

    private static String id(TaskReport task) {
        return Shown.pad(task.taskId().value(), ID) + " ";
    }

    private static String turn(TaskReport task) {
        return task.turn() > 1 ? ", turn " + task.turn() : "";
    }

    private static String title(String title) {
        return Shown.line(title, TITLE);
    }
}
