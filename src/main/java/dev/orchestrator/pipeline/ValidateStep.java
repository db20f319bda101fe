package dev.orchestrator.pipeline;

import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.Validated;
import dev.orchestrator.validation.Evidence;
import dev.orchestrator.validation.ValidationReport;
import java.nio.file.Path;
import java.util.List;

/** Checks whether a turn that calls itself done is done. */
final class ValidateStep {
    private final List<Path> own;
    private final EventSink journal;

    /** @param own the orchestrator's own files and directories */
    ValidateStep(List<Path> own, EventSink journal) {
        this.own = List.copyOf(own);
        this.journal = journal;
    }

    ValidationReport run(Task task, int turn, ParseStep.Parsed parsed, Work work) {
        ValidationReport report = ValidationReport.of(new Evidence(
                work.directory(),
                parsed.access() == Access.READ,
                parsed.template().expectsChange(),
                task.spec().mayRunPrograms() || task.spec().agent() != null,
                task.spec().expectedFiles(),
                work.report().text(),
                work.claimed(),
                work.report().failedChanges(),
                work.unread(),
                work.changes().stream().map(FileChange::path).toList(),
                work.present(),
                own));
        journal.emit(new Validated(task.id(), turn, report.isValid(), report.problems(), report.warnings()));
        return report;
    }
}
