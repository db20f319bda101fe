package dev.orchestrator.cli;

import dev.orchestrator.view.Ends;
import dev.orchestrator.view.Figures;
import dev.orchestrator.view.StatsReport;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code stats --csv}: one line for all turns, for each type, each day and each category. What a line does not have is empty.
 * Sample:
 *
 * <pre>
 * group,name,turns,succeeded,failed,cancelled,rejected,success_rate,took_p50_ms,...
 * type,bug_fix,37,35,2,0,0,0.9459,724000,...
 * </pre>
 */
final class StatsCsv {
    private static final List<String> COLUMNS = List.of(
            "group",
            "name",
            "turns",
            "succeeded",
            "failed",
            "cancelled",
            "rejected",
            "success_rate",
            "took_p50_ms",
            "took_p90_ms",
            "took_p95_ms",
            "took_p99_ms",
            "attempts",
            "cost_usd",
            "input_tokens",
            "output_tokens");

    private final PrintWriter out;

    StatsCsv(PrintWriter out) {
        this.out = out;
    }

    void print(StatsReport report) {
        line(COLUMNS);
        figures("all", "", report.all());
        report.byType().forEach(type -> figures("type", type.type(), type.figures()));
        report.byDay().forEach(this::day);
        for (StatsReport.OfCategory category : report.byCategory()) {
            List<String> cells =
                    new ArrayList<>(List.of("category", category.category().toString()));
            cells.addAll(List.of("", "", text(category.turns()), "", "", "", "", "", "", ""));
            cells.addAll(List.of(text(category.attempts()), "", "", ""));
            line(cells);
        }
    }

    private void figures(String group, String name, Figures figures) {
        List<String> cells = new ArrayList<>(List.of(group, name));
        ends(cells, figures.turns());
        cells.add(text(figures.durationMs().p50()));
        cells.add(text(figures.durationMs().p90()));
        cells.add(text(figures.durationMs().p95()));
        cells.add(text(figures.durationMs().p99()));
        cells.add(text(figures.attempts().total()));
        cells.add(text(figures.costUsd().total()));
        cells.add(text(figures.inputTokens().total()));
        cells.add(text(figures.outputTokens().total()));
        line(cells);
    }

    private void day(StatsReport.OfDay day) {
        List<String> cells = new ArrayList<>(List.of("day", day.day()));
        ends(cells, day.turns());
        cells.addAll(List.of("", "", "", "", "", text(day.costUsd())));
        cells.addAll(List.of(text(day.inputTokens()), text(day.outputTokens())));
        line(cells);
    }

    private static void ends(List<String> cells, Ends ends) {
        cells.addAll(List.of(text(ends.total()), text(ends.succeeded()), text(ends.failed())));
        cells.addAll(List.of(text(ends.cancelled()), text(ends.rejected()), text(ends.successRate())));
    }

    private static String text(@Nullable Number number) {
        if (number == null) {
            return "";
        }
        return number instanceof BigDecimal amount ? amount.toPlainString() : number.toString();
    }

    /** Names of types come from files; a table that runs what it opens must not take one for a formula. */
    private void line(List<String> cells) {
        out.println(String.join(",", cells.stream().map(StatsCsv::cell).toList()));
    }

    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
