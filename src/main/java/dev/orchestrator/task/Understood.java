package dev.orchestrator.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn's request was understood to be, kept so that every life of the task goes on from the same: a model that is asked
 * again may say something else.
 *
 * @param type name of the template
 * @param mode {@code rules}, {@code llm} or {@code llm_json}
 * @param reason why that way
 * @param files that the request names
 * @param brief the request in a model's words; null for none
 * @param steps what was tried to find out
 * @param terms on which the agent works; null in what was written before there was such a thing
 */
public record Understood(
        @Verbatim String type,
        String mode,
        String reason,
        List<String> files,
        @Nullable String brief,
        List<String> steps,
        @Nullable Terms terms) {
    public Understood {
        files = List.copyOf(files);
        steps = List.copyOf(steps);
    }
}
