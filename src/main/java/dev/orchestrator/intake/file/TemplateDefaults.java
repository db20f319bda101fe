package dev.orchestrator.intake.file;

import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.Verbatim;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a template says for tasks that do not say it themselves. The names are those of the keys.
 *
 * @param tools permission rules that are added to the task's own
 */
public record TemplateDefaults(
        @Verbatim List<String> tools,
        @Verbatim List<String> expectedFiles,
        @Verbatim @Nullable String model,
        @Nullable Integer maxTurns,
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        @Verbatim @Nullable Acceptance acceptance) {
    public static final TemplateDefaults NONE =
            new TemplateDefaults(List.of(), List.of(), null, null, null, null, null);

    public TemplateDefaults {
        tools = List.copyOf(tools);
        expectedFiles = List.copyOf(expectedFiles);
    }

    static TemplateDefaults of(TaskSpec read) {
        return new TemplateDefaults(
                read.allowedTools(),
                read.expectedFiles(),
                read.model(),
                read.maxTurns(),
                read.timeout(),
                read.idleTimeout(),
                read.acceptance());
    }
}
