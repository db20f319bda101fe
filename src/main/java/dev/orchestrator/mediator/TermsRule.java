package dev.orchestrator.mediator;

import dev.orchestrator.intake.file.TemplateDefaults;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a task and its template come to together. The task wins, and no template gives more than what was claimed when the task
 * was accepted: others may be at work in a directory that was claimed for reading only.
 */
public final class TermsRule {
    private TermsRule() {}

    public static Terms of(Task task, Template template, Understanding understanding) {
        TaskSpec spec = task.spec();
        TemplateDefaults defaults = template.defaults();
        Access access = access(task, template);
        return new Terms(
                access,
                template.expectsChange(),
                tools(spec.allowedTools(), granted(defaults.tools(), access, understanding)),
                spec.expectedFiles().isEmpty() ? defaults.expectedFiles() : spec.expectedFiles(),
                either(spec.model(), defaults.model()),
                either(spec.maxTurns(), defaults.maxTurns()),
                either(spec.timeout(), defaults.timeout()),
                either(spec.idleTimeout(), defaults.idleTimeout()),
                either(spec.acceptance(), defaults.acceptance()));
    }

    /** The task's own wishes, as far as {@code template} lets it. */
    public static Terms ownOf(Task task, Template template) {
        return Terms.of(task.spec(), access(task, template), template.expectsChange());
    }

    /** Why the template cannot be used for {@code task}, which asks for less than it would do by now; empty when it can. */
    public static Optional<String> conflict(Task task, Template template) {
        boolean runs = template.defaults().acceptance() != null && task.spec().acceptance() == null;
        return runs && task.access() == Access.READ
                ? Optional.of("template " + template.origin() + " has programs run for `acceptance`, and the task was"
                        + " accepted when it was read-only")
                : Optional.empty();
    }

    private static Access access(Task task, Template template) {
        return template.readOnly() || task.access() == Access.READ ? Access.READ : Access.WRITE;
    }

    /** A model that picks a template grants nothing by it, or a text from somewhere could talk it into commands. */
    private static List<String> granted(List<String> tools, Access access, Understanding understanding) {
        if (!understanding.isByRules()) {
            return List.of();
        }
        return access == Access.WRITE
                ? tools
                : tools.stream().filter(Predicate.not(Terms::runsPrograms)).toList();
    }

    private static List<String> tools(List<String> own, List<String> more) {
        List<String> tools = new ArrayList<>(own);
        more.stream().filter(tool -> !tools.contains(tool)).forEach(tools::add);
        return tools;
    }

    private static <T> @Nullable T either(@Nullable T own, @Nullable T otherwise) {
        return own == null ? otherwise : own;
    }
}
