package dev.orchestrator.cli;

import dev.orchestrator.view.Estimate;
import dev.orchestrator.view.ProgressReport;
import dev.orchestrator.view.TaskReport;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code progress ID} for a person. */
final class ProgressText {
    private static final int BAR = 30;
    private static final int FILE = 120;

    private final PrintWriter out;
    private final ReadCommand style;

    ProgressText(PrintWriter out, ReadCommand style) {
        this.out = out;
        this.style = style;
    }

    void print(ProgressReport report) {
        TaskReport task = report.task();
        new TaskText(out).print(task);
        Estimate estimate = report.estimate();
        if (estimate != null) {
            out.println();
            out.println("  " + bar(estimate.percent()) + "  " + guess(task, estimate));
        }
        files(report);
        if (!report.lastEvents().isEmpty()) {
            out.println();
            out.println(style.bold("Last events"));
            for (Map<String, @Nullable Object> event : report.lastEvents()) {
                out.println("  " + EventText.of(event, style));
            }
        }
    }

    /** {@code [##########--------------------]  33%}. */
    static String bar(int percent) {
        int full = percent * BAR / 100;
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + Shown.pad(percent + "%", 4);
    }

    /** How much longer, and what that rests on. */
    static String guess(TaskReport task, Estimate estimate) {
        if (estimate.p50Ms() == null) {
            return "no estimate: " + estimate.of() + " turns of its type have ended well so far";
        }
        String rests = estimate.of() + " turns of type " + task.type() + ": half took up to "
                + Shown.duration(estimate.p50Ms()) + ", nine of ten up to " + duration(estimate.p90Ms());
        if (task.step() != null && task.step().isBehindAgent()) {
            return "its agent is done; " + rests;
        }
        return estimate.etaMs() == null
                ? "longer than any of " + rests
                : "about " + Shown.duration(estimate.etaMs()) + " more, by " + rests;
    }

    private static String duration(@Nullable Long millis) {
        return millis == null ? "-" : Shown.duration(millis);
    }

    private void files(ProgressReport report) {
        if (report.filesCount() == 0) {
            return;
        }
        out.println();
        out.println(style.bold("Changed so far (" + report.filesCount() + ")"));
        report.files().forEach(file -> out.println("  " + Shown.line(file, FILE)));
        int more = report.filesCount() - report.files().size();
        if (more > 0) {
            out.println("  and " + more + " more");
        }
    }
}
