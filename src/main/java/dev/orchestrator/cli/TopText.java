package dev.orchestrator.cli;

import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.view.DaemonStatus;
import dev.orchestrator.view.Estimate;
import dev.orchestrator.view.StatusReport;
import dev.orchestrator.view.TaskReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code top}: one screen of what happens now. */
final class TopText {
    private static final int SHORTEST_ID = 24;
    private static final int SHORTEST_TITLE = 10;
    private static final int TITLE = 40;
    private static final int MOST = 10;
    private static final int LINE = 150;

    private final PrintWriter out;
    private final HomeCommand style;
    private int idWidth = SHORTEST_ID;

    TopText(PrintWriter out, HomeCommand style) {
        this.out = out;
        this.style = style;
    }

    void print(StatusReport report, Map<TaskId, Estimate> estimates, List<String> events) {
        DaemonStatus daemon = report.daemon();
        idWidth = idWidth(report);
        out.println(style.bold("Orchestrator") + "  " + Shown.time(report.at()) + " UTC  "
                + daemon.state().toString().toLowerCase(Locale.ROOT)
                + (daemon.workers() == null || !daemon.isAlive()
                        ? ""
                        : ", " + report.running().size() + " of " + daemon.workers() + " workers busy")
                + ", " + report.queuedCount() + " queued, " + report.waiting().size() + " wait for a person; today "
                + report.today().attempts() + " attempts, $"
                + report.today().costUsd().toPlainString());
        for (Hold hold : report.holds()) {
            out.println(Shown.line("Paused: " + Shown.hold(hold), LINE));
        }
        heading(daemon.isAlive() ? "Running" : "Running when the daemon ended");
        report.running().stream().limit(MOST).forEach(task -> running(task, estimates));
        heading("Next");
        report.queued().stream()
                .limit(MOST)
                .forEach(task -> out.println("  " + id(task) + title(task)
                        + (task.waitsFor().isEmpty()
                                ? ""
                                : "  " + Shown.line(String.join(", ", task.waitsFor()), LINE))));
        heading("Waiting for a person");
        report.waiting().stream()
                .limit(MOST)
                .forEach(task -> out.println("  " + id(task) + task.status() + "  " + title(task)));
        // The latest first: what does not fit on the screen is what is older.
        heading("Latest");
        for (int i = events.size() - 1; i >= 0; i--) {
            out.println("  " + EventText.of(events.get(i), style));
        }
    }

    private void running(TaskReport task, Map<TaskId, Estimate> estimates) {
        if (task.isUnwatched()) {
            out.println("  " + id(task) + "no daemon watches it  " + title(task));
            return;
        }
        Estimate estimate = estimates.get(task.taskId());
        int percent = estimate == null ? task.percent() : estimate.percent();
        String eta = estimate == null || estimate.etaMs() == null
                ? ""
                : "about " + Shown.duration(estimate.etaMs()) + " more  ";
        String elapsed = task.elapsedMs() == null ? "" : Shown.duration(task.elapsedMs());
        out.println("  " + id(task) + ProgressText.bar(percent) + "  " + Shown.pad(elapsed, 12) + eta + "attempt "
                + task.attempt() + (task.step() == null ? "" : ", " + task.step()) + "  "
                + title(task));
    }

    private void heading(String text) {
        out.println();
        out.println(style.bold(text));
    }

    /** Of the longest id that is shown: one that is cut could not be typed. */
    private static int idWidth(StatusReport report) {
        return Stream.of(report.running(), report.queued(), report.waiting())
                .flatMap(tasks -> tasks.stream().limit(MOST))
                .mapToInt(task -> task.taskId().value().length())
                .reduce(SHORTEST_ID, Math::max);
    }

    private String id(TaskReport task) {
        return Shown.pad(task.taskId().value(), idWidth) + " ";
    }

    /** It gives way to long ids. */
    private String title(TaskReport task) {
        return Shown.line(task.title(), Math.max(SHORTEST_TITLE, TITLE - (idWidth - SHORTEST_ID)));
    }
}
