package dev.orchestrator.view;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much an event should interest whoever looks after the daemon, the least first. */
public enum Severity {
    INFO,
    /** All is as it should be, and something has come to a good end. */
    GOOD,
    /** It is slower than it might be, or a person is waited for. */
    WARN,
    /** Something has come to nothing, or reached beyond its bounds. */
    ERROR;

    private static final Set<String> WARNING = Set.of(
            "retry_scheduled",
            "paused_by_limit",
            "task_deferred",
            "task_cancelled",
            "question_asked",
            "approval_requested",
            "approval_rejected",
            "coordinator_away",
            "queue_paused",
            "schedule_skipped",
            "journal_repaired");
    private static final Set<String> BAD =
            Set.of("security_violation", "task_rejected", "config_refused", "schedule_refused", "change_refused");
    private static final Set<String> FINE = Set.of("queue_resumed", "change_applied");

    /** @param event as it stands in the journal; null values count as missing */
    public static Severity of(Map<String, ? extends @Nullable Object> event) {
        String name = String.valueOf(event.get("event"));
        return switch (name) {
            case "task_finished" -> ofEnd(event);
            case "attempt_finished" ->
                event.get("failure") == null ? INFO : event.get("retry_at") == null ? ERROR : WARN;
            case "validated" -> Boolean.FALSE.equals(event.get("valid")) ? ERROR : INFO;
            case "acceptance_finished" -> Boolean.FALSE.equals(event.get("green")) ? WARN : INFO;
            case "daemon_stopped" -> "error".equals(event.get("reason")) ? ERROR : INFO;
            default -> BAD.contains(name) ? ERROR : WARNING.contains(name) ? WARN : FINE.contains(name) ? GOOD : INFO;
        };
    }

    private static Severity ofEnd(Map<String, ? extends @Nullable Object> event) {
        return switch (String.valueOf(event.get("status"))) {
            case "succeeded" -> GOOD;
            case "failed" -> ERROR;
            default -> WARN;
        };
    }
}
