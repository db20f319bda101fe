package dev.orchestrator.cli;

import dev.orchestrator.config.Durations;
import dev.orchestrator.config.Provenance;
import dev.orchestrator.intake.file.TemplateDefaults;
import dev.orchestrator.mediator.Template;
import dev.orchestrator.task.Acceptance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds for a task of a template that says nothing itself: what the template says, and otherwise the settings. */
final class TemplateDetails {
    private final Map<String, Provenance> settings;
    private final List<Row> rows = new ArrayList<>();

    private TemplateDetails(Map<String, Provenance> settings) {
        this.settings = settings;
    }

    /**
     * @param key of a template
     * @param value as it would be written; empty for none
     * @param source {@code template}, or which setting and where it was set
     */
    record Row(String key, String value, String source) {}

    /** @param settings by name; empty when they cannot be used */
    static List<Row> rows(Template template, Map<String, Provenance> settings) {
        TemplateDetails details = new TemplateDetails(settings);
        TemplateDefaults defaults = template.defaults();
        details.own("expects_change", String.valueOf(template.expectsChange()));
        details.own("tools", String.join(", ", defaults.tools()));
        details.own("expected_files", String.join(", ", defaults.expectedFiles()));
        details.acceptance(defaults.acceptance());
        details.either("max_turns", defaults.maxTurns(), "claude.max_turns");
        details.either("timeout", printed(defaults.timeout()), "claude.timeout");
        details.either("idle_timeout", printed(defaults.idleTimeout()), "claude.idle_timeout");
        details.either("model", defaults.model(), "claude.model");
        return details.rows;
    }

    private void acceptance(@Nullable Acceptance acceptance) {
        if (acceptance == null) {
            own("acceptance", "");
        } else {
            own("acceptance", String.join(", ", acceptance.commands()));
            either("acceptance_timeout", printed(acceptance.timeout()), "acceptance.timeout");
            either("acceptance_rounds", acceptance.rounds(), "acceptance.rounds");
        }
    }

    private void own(String key, String value) {
        rows.add(new Row(key, value, "template"));
    }

    private void either(String key, @Nullable Object value, String setting) {
        if (value != null) {
            own(key, value.toString());
            return;
        }
        Provenance set = settings.get(setting);
        rows.add(
                set == null
                        ? new Row(key, "", "setting " + setting + ", which `config` cannot read")
                        : new Row(key, set.value(), "setting " + setting + ", " + set.source()));
    }

    private static @Nullable String printed(@Nullable Duration duration) {
        return duration == null ? null : Durations.print(duration);
    }
}
