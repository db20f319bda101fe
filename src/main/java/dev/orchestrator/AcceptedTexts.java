package dev.orchestrator;

import dev.orchestrator.intake.AcceptedTasks;
import dev.orchestrator.pipeline.TaskTexts;
import dev.orchestrator.task.Task;

/** Gives the pipeline what the intake keeps. */
record AcceptedTexts(AcceptedTasks accepted) implements TaskTexts {
    @Override
    public Result read(Task task) {
        AcceptedTasks.Result result = accepted.read(task);
        if (result instanceof AcceptedTasks.Result.Unusable unusable) {
            return new Result.Unusable(unusable.why());
        }
        AcceptedTasks.Result.Found found = (AcceptedTasks.Result.Found) result;
        return new Result.Found(found.title(), found.body());
    }
}
