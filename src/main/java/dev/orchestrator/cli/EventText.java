package dev.orchestrator.cli;

import dev.orchestrator.json.Records;
import dev.orchestrator.view.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One journal line for a person. Sample:
 *
 * <pre>2026-11-22T14:25:01.123Z fix-login attempt_started turn=1 attempt=1 agent=claude</pre>
 *
 * <p>The time stands as in the journal: one word that tells the day and the zone, and is found there by it.
 */
final class EventText {
    private static final int MOST = 100;
    private static final Set<String> LEFT_OUT =
            Set.of("seq", "ts", "event", "task_id", "schema_version", "encoding", "text", "task", "sha256");

    private EventText() {}

    /** @param style for the name of the event, by how grave it is; null for none */
    static String of(String line, @Nullable HomeCommand style) {
        try {
            return of(Records.tree(line), style);
        } catch (IOException e) {
            return "(a damaged line) " + Shown.line(line, MOST);
        }
    }

    /** @param event as it stands in the journal */
    static String of(Map<String, @Nullable Object> event, @Nullable HomeCommand style) {
        List<String> parts = new ArrayList<>();
        parts.add(text(event.get("ts")));
        parts.add(event.get("task_id") == null ? "-" : text(event.get("task_id")));
        String kind = text(event.get("event"));
        parts.add(style == null ? kind : style.coloured(kind, Severity.of(event)));
        if (event.get("task") instanceof Map<?, ?> task && task.get("spec") instanceof Map<?, ?> spec) {
            add("title", spec.get("title"), parts);
            add("priority", spec.get("priority"), parts);
        }
        event.forEach((name, value) -> {
            if (!LEFT_OUT.contains(name)) {
                add(name, value, parts);
            }
        });
        return String.join(" ", parts);
    }

    private static void add(String name, @Nullable Object value, List<String> parts) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((inner, of) -> add(name + "." + inner, of, parts));
        } else if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            list.forEach(item -> items.add(text(item)));
            add(name, String.join(",", items), parts);
        } else if (value != null && !value.equals("")) {
            parts.add(Shown.line(name, MOST) + "=" + quoted(text(value)));
        }
    }

    private static String quoted(String text) {
        return text.indexOf(' ') < 0 && !text.isEmpty() ? text : '"' + text.replace("\"", "\\\"") + '"';
    }

    private static String text(@Nullable Object value) {
        return Shown.line(String.valueOf(value), MOST);
    }
}
