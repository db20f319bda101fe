package dev.orchestrator.pipeline;

import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskEvent.Validated;
import dev.orchestrator.task.Terms;
import dev.orchestrator.validation.Asked;
import dev.orchestrator.validation.Evidence;
import dev.orchestrator.validation.ValidationReport;
import java.nio.file.Path;
import java.util.List;

/** Checks whether a turn that calls itself done is done. */
final class ValidateStep {
    private final List<Path> own;
    private final Mediator mediator;
    private final EventSink journal;

    /** @param own the orchestrator's own files and directories */
    ValidateStep(List<Path> own, Mediator mediator, EventSink journal) {
        this.mediator = mediator;
        this.own = List.copyOf(own);
        this.journal = journal;
    }

    ValidationReport run(Task task, ParseStep.Parsed parsed, Work work, Errand errand) throws InterruptedException {
        ValidationReport checked = ValidationReport.of(evidence(task, parsed, work));
        List<Judgement> judged = judged(checked, parsed.body().criteria(), work, errand);
        ValidationReport report = checked.with(CriteriaCheck.NAME, CriteriaCheck.of(judged));
        journal.emit(new Validated(task.id(), errand.turn(), report.isValid(), report.problems(), report.warnings()));
        return report;
    }

    private Evidence evidence(Task task, ParseStep.Parsed parsed, Work work) {
        Terms terms = parsed.terms();
        return new Evidence(
                asked(task, parsed.body()),
                work.directory(),
                terms.access() == Access.READ,
                terms.expectsChange(),
                terms.mayRunPrograms() || task.spec().agent() != null,
                terms.expectedFiles(),
                work.report().text(),
                task.spec().outputSchema(),
                work.report().output(),
                work.claimed(),
                work.report().failedChanges(),
                work.unread(),
                paths(work),
                work.present(),
                own);
    }

    /** Of a turn that has failed already nobody has to be asked. */
    private List<Judgement> judged(ValidationReport checked, List<String> criteria, Work work, Errand errand)
            throws InterruptedException {
        return checked.isValid()
                ? mediator.judge(criteria, work.report().text(), paths(work), errand)
                        .orElseGet(() -> Judgement.unjudged(criteria, "the task was stopped before"))
                : Judgement.unjudged(criteria, "the turn has failed already");
    }

    private static List<String> paths(Work work) {
        return work.changes().stream().map(FileChange::path).toList();
    }

    private static Asked asked(Task task, TaskBody body) {
        String background = body.context() + "\n" + String.join("\n", body.criteria());
        return new Asked(task.spec().title(), body.instructions(), background, body.targets());
    }
}
