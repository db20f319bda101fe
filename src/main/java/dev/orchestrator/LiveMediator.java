package dev.orchestrator;

import dev.orchestrator.mediator.Answer;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.Summary;
import dev.orchestrator.mediator.Understanding;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whoever mediates now. What was asked of one before goes on with that one. */
record LiveMediator(Supplier<Mediator> current) implements Mediator {

    @Override
    public Optional<Understanding> understand(TaskSpec spec, TaskBody body, Errand errand) throws InterruptedException {
        return current.get().understand(spec, body, errand);
    }

    @Override
    public Optional<Answer> answer(String question, String title, TaskBody body, Errand errand)
            throws InterruptedException {
        return current.get().answer(question, title, body, errand);
    }

    @Override
    public Optional<Summary> summarize(String title, String said, Errand errand) throws InterruptedException {
        return current.get().summarize(title, said, errand);
    }

    @Override
    public Optional<List<Judgement>> judge(List<String> criteria, String said, List<String> changed, Errand errand)
            throws InterruptedException {
        return current.get().judge(criteria, said, changed, errand);
    }
}
