package dev.orchestrator.mediator;

import dev.orchestrator.task.Understood;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request was understood to be.
 *
 * @param type name of the template to use
 * @param mode how it was found out: {@code rules}, {@code llm}, or {@code llm_json} (by a model that could not be held to a form)
 * @param reason why that way, for the artifact
 * @param files that the request names without listing them
 * @param brief the request in other words, for the agent to read besides; null for none
 * @param steps what was tried to find out, in order
 */
public record Understanding(
        String type,
        String mode,
        String reason,
        List<String> files,
        @Nullable String brief,
        List<String> steps) {
    private static final String RULES = "rules";

    public Understanding {
        files = List.copyOf(files);
        steps = List.copyOf(steps);
    }

    /** One that nobody had to be asked for. */
    public static Understanding byRules(String type, String reason) {
        return new Understanding(type, RULES, reason, List.of(), null, List.of());
    }

    /** As the journal has it. */
    public static Understanding of(Understood noted) {
        return new Understanding(
                noted.type(), noted.mode(), noted.reason(), noted.files(), noted.brief(), noted.steps());
    }

    /** True when no model had a say in it. */
    public boolean isByRules() {
        return mode.equals(RULES);
    }

    /** The same by rules, because asking came to nothing. */
    public Understanding after(List<String> tried, String why) {
        return new Understanding(type, mode, why + "; " + reason, files, brief, tried);
    }

    public Understanding withBrief(String text) {
        return new Understanding(type, mode, reason, files, text, steps);
    }
}
