package dev.orchestrator.mediator;

import dev.orchestrator.intake.file.TemplateFileReader;
import dev.orchestrator.intake.file.TemplateFileResult;
import dev.orchestrator.intake.file.TemplateHead;

/** The content of a file to a template of that name. */
final class TemplateFormat {
    private TemplateFormat() {}

    static Templates.Search parse(String name, byte[] content, String origin) {
        TemplateFileResult result = TemplateFileReader.read(content);
        if (result instanceof TemplateFileResult.NotUnderstood not) {
            return new Templates.Search.Invalid(origin, not.rejection());
        }
        TemplateFileResult.Understood understood = (TemplateFileResult.Understood) result;
        TemplateHead head = understood.head();
        return new Templates.Search.Found(new Template(
                name,
                head.description(),
                head.readOnly(),
                head.expectsChange(),
                head.defaults(),
                understood.guidance(),
                origin));
    }
}
