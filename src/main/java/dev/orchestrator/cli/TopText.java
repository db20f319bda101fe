package dev.orchestrator.cli;

import dev.orchestrator.task.Hold;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.view.DaemonStatus;
import dev.orchestrator.view.Estimate;
import dev.orchestrator.view.StatusReport;
import dev.orchestrator.view.TaskReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** {@code top}: one screen of what happens now. */
final class TopText {
    private static final int ID = 24;
    private static final int TITLE = 40;
    private static final int MOST = 10;
    private static final int LINE = 150;

    private final PrintWriter out;
    private final HomeCommand style;

    TopText(PrintWriter out, HomeCommand style) {
        this.out = out;
        this.style = style;
    }

    void print(StatusReport report, Map<TaskId, Estimate> estimates, List<String> events) {
        DaemonStatus daemon = report.daemon();
        out.println(style.bold("Orchestrator") + "  " + Shown.time(report.at()) + " UTC  "
                + daemon.state().toString().toLowerCase(java.util.Locale.ROOT)
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
                .forEach(task -> out.println("  " + id(task) + Shown.line(task.title(), TITLE)
                        + (task.waitsFor().isEmpty()
                                ? ""
                                : "  " + Shown.line(String.join(", ", task.waitsFor()), LINE))));
        heading("Waiting for a person");
        report.waiting().stream()
                .limit(MOST)
                .forEach(task -> out.println("  " + id(task) + task.status() + "  " + Shown.line(task.title(), TITLE)));
        heading("Latest");
        events.forEach(line -> out.println("  " + EventText.of(line, style)));
    }

    private void running(TaskReport task, Map<TaskId, Estimate> estimates) {
        if (task.isUnwatched()) {
            out.println("  " + id(task) + "no daemon watches it  " + Shown.line(task.title(), TITLE));
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
                + Shown.line(task.title(), TITLE));
    }

    private void heading(String text) {
        out.println();
        out.println(style.bold(text));
    }

    private static String id(TaskReport task) {
        return Shown.pad(Shown.line(task.taskId().value(), ID), ID) + " ";
    }
}
