package dev.orchestrator;

import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;

/** What a task may do to its directory. */
final class AccessRule {
    private final Mediator mediator;
    private final Templates templates;

    AccessRule(Mediator mediator, Templates templates) {
        this.mediator = mediator;
        this.templates = templates;
    }

    /** A task that may run programs can change files, whatever its template says. */
    Access of(TaskSpec spec, TaskBody body) {
        Templates.Search search = templates.find(mediator.understand(spec, body).type());
        boolean readOnly = search instanceof Templates.Search.Found found
                && found.template().readOnly();
        return readOnly && !spec.mayRunPrograms() ? Access.READ : Access.WRITE;
    }
}
