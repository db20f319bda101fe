package dev.orchestrator.health;

import dev.orchestrator.mediator.Templates;
import java.nio.file.Path;
import java.util.List;

/** Whether the user's templates are valid: a task of one that is not fails when its turn comes. */
final class TemplateChecks {
    private final Path directory;

    /** @param directory where they lie; need not exist */
    TemplateChecks(Path directory) {
        this.directory = directory;
    }

    CheckResult templates() {
        Templates templates = new Templates(directory);
        List<Templates.Listed> own = templates.list().stream()
                .filter(listed -> listed.origin() != Templates.Origin.BUILT_IN)
                .toList();
        List<Templates.Search.Invalid> invalid = own.stream()
                .map(Templates.Listed::search)
                .filter(Templates.Search.Invalid.class::isInstance)
                .map(Templates.Search.Invalid.class::cast)
                .toList();
        if (!invalid.isEmpty()) {
            return CheckResult.fail(
                    Lines.of(invalid, Templates.Search.Invalid::where),
                    Lines.of(invalid, each -> each.origin() + ": " + each.why().remedy()));
        }
        return templates.misnamed().isEmpty() ? CheckResult.ok(counted(own.size())) : misnamed(templates.misnamed());
    }

    private static CheckResult misnamed(List<String> files) {
        return CheckResult.warn(
                String.join(", ", files) + ": no `type` of a task can name that",
                "Give it a name of small letters, digits and underscores, or put it elsewhere.");
    }

    private static String counted(int own) {
        return own == 0 ? "the built-in ones" : "the built-in ones and " + own + " of your own";
    }
}
