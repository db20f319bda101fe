package dev.orchestrator.cli;

import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.view.TaskReport;
import java.io.PrintWriter;

/** {@code status ID} for a person. */
final class TaskText {
    private static final int MESSAGE = 500;

    private final PrintWriter out;

    TaskText(PrintWriter out) {
        this.out = out;
    }

    void print(TaskReport task) {
        out.println(task.taskId() + ": " + task.status() + "  " + Shown.line(task.title(), 100));
        line("accepted", Shown.time(task.acceptedAt()) + " UTC");
        if (task.startedAt() != null) {
            line("started", Shown.time(task.startedAt()) + " UTC");
        }
        if (task.finishedAt() == null) {
            line("turn", task.turn() + ", attempt " + task.attempt());
            progress(task);
        } else {
            line("finished", Shown.time(task.finishedAt()) + " UTC");
        }
        if (task.elapsedMs() != null) {
            line("took", Shown.duration(task.elapsedMs()) + soFar(task));
        }
        if (task.isUnwatched()) {
            line("daemon", "no daemon watches it; `run` takes it up");
        }
        for (String reason : task.waitsFor()) {
            line("waits", Shown.line(reason, MESSAGE));
        }
        if (task.approval() != null) {
            line("approval", ApprovalText.of(task.taskId(), task.approval()));
        }
        if (task.status() == TaskStatus.AWAITING_REPLY) {
            line("asks", QuestionText.of(task.taskId(), task.question()));
            line("next", QuestionText.next(task.taskId()));
        }
        error(task);
        if (task.guard() != null) {
            line("security", "guard " + task.guard() + ", sandbox " + task.sandbox() + projectConfig(task));
        }
        if (task.violations() > 0) {
            line("security", "reached beyond its bounds " + task.violations() + " times; the summary says with what");
        }
        if (task.artifact() != null) {
            line("artifact", task.artifact() + " (`show " + task.taskId() + "` prints the summary)");
        }
    }

    /** Of one that waits for a person a share of the work would say nothing: how much is left he decides. */
    private void progress(TaskReport task) {
        if (!task.status().awaitsPerson()) {
            line("progress", task.percent() + "%" + (task.step() == null ? "" : ", in step " + task.step()));
        }
    }

    private static String soFar(TaskReport task) {
        if (task.finishedAt() != null) {
            return "";
        }
        return task.status().awaitsPerson() ? ", until it began to wait" : " so far";
    }

    private static String projectConfig(TaskReport task) {
        if ("changed".equals(task.projectConfig())) {
            return ", settings of the repository off: they are not what was trusted; `doctor` says which, `trust DIR` trusts"
                    + " them again";
        }
        return "trusted".equals(task.projectConfig()) ? ", hooks and MCP servers of the repository on" : "";
    }

    private void error(TaskReport task) {
        Failure error = task.error();
        if (error != null) {
            line("error", error.category() + ": " + Shown.line(error.message(), MESSAGE));
            line("next", Shown.line(error.suggestedAction(), MESSAGE));
        }
    }

    private void line(String name, String value) {
        out.println("  " + Shown.pad(name, 10) + value);
    }
}
