package dev.orchestrator.mediator;

import dev.orchestrator.intake.file.TemplateDefaults;

/**
 * A named kind of task.
 *
 * @param name as in {@code type:}
 * @param description one line
 * @param readOnly the agent gets no permission to change anything
 * @param expectsChange a task of this kind that changed nothing did not do its work
 * @param defaults for tasks that do not say it themselves
 * @param guidance what the agent is told before the user's own words
 * @param origin where it came from, for messages
 */
public record Template(
        String name,
        String description,
        boolean readOnly,
        boolean expectsChange,
        TemplateDefaults defaults,
        String guidance,
        String origin) {}
