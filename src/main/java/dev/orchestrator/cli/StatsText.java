package dev.orchestrator.cli;

import dev.orchestrator.view.Ends;
import dev.orchestrator.view.Figures;
import dev.orchestrator.view.Spending;
import dev.orchestrator.view.StatsReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code stats} for a person. */
final class StatsText {
    private static final int LABEL = 12;
    private static final int DAYS = 14;
    private static final int BAR = 20;
    private static final int LONGEST_CATEGORY = 18;
    private static final int LONGEST_TYPE = 40;

    private final PrintWriter out;
    private final ReadCommand style;
    private final StatsTable table;

    StatsText(PrintWriter out, ReadCommand style) {
        this.out = out;
        this.style = style;
        this.table = new StatsTable(out);
    }

    void print(StatsReport report) {
        if (report.isEmpty()) {
            out.println(nothing(report));
        } else {
            ends(report);
            spreads(report.all());
            types(report);
            days(report);
        }
        categories(report);
        if (report.securityViolations() > 0) {
            out.println();
            out.println(style.bold("Security violations: ") + report.securityViolations());
        }
        spending(report);
    }

    private static String nothing(StatsReport report) {
        return report.since() == null
                ? "Nothing to count yet: no task has ended in " + report.home() + "."
                : "Nothing to count: no task in " + report.home() + " has ended since " + time(report.since()) + ".";
    }

    private void ends(StatsReport report) {
        out.println(style.bold("Tasks:  ") + ends(report.tasks()));
        out.println(style.bold("Turns:  ") + ends(report.all().turns()));
        out.println("        ended from " + time(report.first()) + " to " + time(report.last()));
    }

    private static String ends(Ends ends) {
        StringBuilder line = new StringBuilder();
        line.append(ends.total()).append("; ").append(ends.succeeded()).append(" succeeded");
        append(line, ends.failed(), " failed");
        append(line, ends.cancelled(), " cancelled");
        append(line, ends.rejected(), " rejected");
        return line.append("; success rate ").append(StatsTable.rate(ends)).toString();
    }

    private static void append(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(what);
        }
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "-" : Shown.time(at) + " UTC";
    }

    private void spreads(Figures all) {
        heading("A turn", LABEL, "p50", "p90", "p95", "p99", "most", "in all");
        table.spread(Shown.pad("took", LABEL), all.durationMs(), StatsTable::duration);
        table.spread(Shown.pad("attempts", LABEL), all.attempts(), StatsTable::number);
        table.spread(Shown.pad("cost", LABEL), all.costUsd(), StatsTable::usd);
        table.spread(Shown.pad("tokens in", LABEL), all.inputTokens(), StatsTable::number);
        table.spread(Shown.pad("tokens out", LABEL), all.outputTokens(), StatsTable::number);
    }

    private void types(StatsReport report) {
        int width = LABEL;
        for (StatsReport.OfType type : report.byType()) {
            width = Math.max(width, Math.min(LONGEST_TYPE, type.type().length()));
        }
        heading("Type", width, "turns", "failed", "success", "took p50", "took p95", "cost in all");
        for (StatsReport.OfType type : report.byType()) {
            Figures figures = type.figures();
            table.row(
                    Shown.pad(Shown.line(type.type(), LONGEST_TYPE), width),
                    StatsTable.number(figures.turns().total()),
                    StatsTable.number(figures.turns().failed()),
                    StatsTable.rate(figures.turns()),
                    StatsTable.duration(figures.durationMs().p50()),
                    StatsTable.duration(figures.durationMs().p95()),
                    StatsTable.usd(figures.costUsd().total()));
        }
    }

    /** The latest days with their turns as bars, so that a bad night is seen at once. */
    private void days(StatsReport report) {
        List<StatsReport.OfDay> days = report.byDay();
        List<StatsReport.OfDay> latest = days.subList(Math.max(0, days.size() - DAYS), days.size());
        long most = 1;
        for (StatsReport.OfDay day : latest) {
            most = Math.max(most, day.turns().total());
        }
        heading("Day (UTC)", LABEL, "turns", "failed", "success", "cost");
        for (StatsReport.OfDay day : latest) {
            long length = (day.turns().total() * BAR + most - 1) / most;
            table.row(
                    Shown.pad(day.day(), LABEL),
                    StatsTable.number(day.turns().total()),
                    StatsTable.number(day.turns().failed()),
                    StatsTable.rate(day.turns()),
                    StatsTable.usd(day.costUsd()),
                    " ".repeat(2) + Shown.pad("#".repeat((int) length), BAR));
        }
    }

    private void categories(StatsReport report) {
        if (report.byCategory().isEmpty()) {
            return;
        }
        heading("Failed for", LONGEST_CATEGORY, "turns", "attempts");
        for (StatsReport.OfCategory category : report.byCategory()) {
            table.row(
                    Shown.pad(category.category().toString(), LONGEST_CATEGORY),
                    StatsTable.number(category.turns()),
                    StatsTable.number(category.attempts()));
        }
    }

    private void spending(StatsReport report) {
        Spending spending = report.spending();
        if (spending.isEmpty() && report.settingsProblem() == null) {
            return;
        }
        out.println();
        out.println(style.bold("Spent"));
        part("today (UTC)", spending.today());
        part("in all", spending.total());
        if (report.settingsProblem() != null) {
            out.println("The limits are not known: " + report.settingsProblem() + ".");
        }
    }

    private void part(String label, Spending.Part part) {
        String runs = part.runsCap() == null ? "" : " of " + part.runsCap();
        String money = part.usdCap() == null ? "" : " of $" + part.usdCap().toPlainString();
        out.println(Shown.pad(label, LABEL) + " " + part.runs() + runs + " runs, $"
                + part.usd().toPlainString() + money);
    }

    private void heading(String text, int width, String... columns) {
        out.println();
        table.row(style.bold(Shown.pad(text, width)), columns);
    }
}
