package dev.orchestrator;

import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;
import java.util.function.BooleanSupplier;

/** What a task may do to its directory, decided when it is accepted: before anybody is asked what it means. */
final class AccessRule {
    private final RuleMediator rules;
    private final Templates templates;
    private final BooleanSupplier asksModel;

    /** @param asksModel whether a model is going to say what a task without a type is */
    AccessRule(RuleMediator rules, Templates templates, BooleanSupplier asksModel) {
        this.rules = rules;
        this.templates = templates;
        this.asksModel = asksModel;
    }

    /**
     * A task that may run programs can change files, whatever its template says; so may one of which nobody knows yet which
     * template it gets.
     */
    Access of(TaskSpec spec, TaskBody body) {
        if (spec.mayRunPrograms() || (spec.type() == null && asksModel.getAsBoolean())) {
            return Access.WRITE;
        }
        Templates.Search search = templates.find(rules.understand(spec, body).type());
        boolean readOnly = search instanceof Templates.Search.Found found
                && found.template().readOnly();
        return readOnly ? Access.READ : Access.WRITE;
    }
}
