package dev.orchestrator.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.orchestrator.json.Instants;
import dev.orchestrator.json.Layout;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code stats} for programs, as {@code stats.schema.json} has it. */
public final class StatsJson {
    private final JsonGenerator out;

    private StatsJson(JsonGenerator out) {
        this.out = out;
    }

    /** One object, without a line break at its end. */
    public static String of(StatsReport report) throws IOException {
        return Layout.object(out -> new StatsJson(out).write(report));
    }

    private void write(StatsReport report) throws IOException {
        out.writeStringField("schema_version", report.schemaVersion());
        time("at", report.at());
        out.writeStringField("home", report.home());
        time("since", report.since());
        time("first", report.first());
        time("last", report.last());
        ends("tasks", report.tasks());
        figures(report.all());
        out.writeArrayFieldStart("by_type");
        for (StatsReport.OfType type : report.byType()) {
            out.writeStartObject();
            out.writeStringField("type", type.type());
            figures(type.figures());
            out.writeEndObject();
        }
        out.writeEndArray();
        days(report);
        categories(report);
        out.writeNumberField("security_violations", report.securityViolations());
        out.writeObjectFieldStart("spending");
        part("today", report.spending().today());
        part("total", report.spending().total());
        out.writeEndObject();
        out.writeStringField("settings_problem", report.settingsProblem());
    }

    private void days(StatsReport report) throws IOException {
        out.writeArrayFieldStart("by_day");
        for (StatsReport.OfDay day : report.byDay()) {
            out.writeStartObject();
            out.writeStringField("day", day.day());
            ends("turns", day.turns());
            number("cost_usd", day.costUsd());
            out.writeNumberField("input_tokens", day.inputTokens());
            out.writeNumberField("output_tokens", day.outputTokens());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void categories(StatsReport report) throws IOException {
        out.writeArrayFieldStart("by_category");
        for (StatsReport.OfCategory category : report.byCategory()) {
            out.writeStartObject();
            out.writeStringField("category", category.category().toString());
            out.writeNumberField("turns", category.turns());
            out.writeNumberField("attempts", category.attempts());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void figures(Figures figures) throws IOException {
        ends("turns", figures.turns());
        spread("duration_ms", figures.durationMs());
        spread("attempts", figures.attempts());
        spread("cost_usd", figures.costUsd());
        spread("input_tokens", figures.inputTokens());
        spread("output_tokens", figures.outputTokens());
    }

    private void ends(String name, Ends ends) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("total", ends.total());
        out.writeNumberField("succeeded", ends.succeeded());
        out.writeNumberField("failed", ends.failed());
        out.writeNumberField("cancelled", ends.cancelled());
        out.writeNumberField("rejected", ends.rejected());
        number("success_rate", ends.successRate());
        out.writeEndObject();
    }

    private void spread(String name, Spread<?> spread) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("count", spread.count());
        number("total", spread.total());
        number("p50", spread.p50());
        number("p90", spread.p90());
        number("p95", spread.p95());
        number("p99", spread.p99());
        number("max", spread.max());
        out.writeEndObject();
    }

    private void part(String name, Spending.Part part) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("day", part.day());
        out.writeNumberField("runs", part.runs());
        number("runs_cap", part.runsCap());
        number("usd", part.usd());
        number("usd_cap", part.usdCap());
        out.writeEndObject();
    }

    private void time(String name, @Nullable Instant at) throws IOException {
        out.writeStringField(name, at == null ? null : Instants.format(at));
    }

    private void number(String name, @Nullable Number number) throws IOException {
        out.writeFieldName(name);
        if (number == null) {
            out.writeNull();
        } else if (number instanceof BigDecimal amount) {
            out.writeNumber(amount);
        } else {
            out.writeNumber(number.longValue());
        }
    }
}
