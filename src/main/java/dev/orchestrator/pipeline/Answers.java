package dev.orchestrator.pipeline;

import dev.orchestrator.mediator.Answer;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.task.AttemptEvent.QuestionAnswered;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Talk;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers questions of agents in the place of a person, so often as the settings let it, and none twice: who asks again was not
 * helped. Thread-safe.
 */
final class Answers {
    private final Mediator mediator;
    private final WorkingDirectory workingDirectory;
    private final Supplier<RunLimits> limits;
    private final Dispatch dispatch;
    private final EventSink journal;

    Answers(
            Mediator mediator,
            WorkingDirectory workingDirectory,
            Supplier<RunLimits> limits,
            Dispatch dispatch,
            EventSink journal) {
        this.mediator = mediator;
        this.workingDirectory = workingDirectory;
        this.limits = limits;
        this.dispatch = dispatch;
        this.journal = journal;
    }

    /** Empty when a person has to answer. */
    Optional<Answer> to(TaskView view, ParseStep.Parsed parsed, String question, Cancellation cancellation)
            throws InterruptedException {
        Talk talk = view.notes().talk();
        boolean again =
                talk.answers().stream().anyMatch(answer -> answer.question().equals(question));
        boolean spent = talk.answers().size() >= limits.get().answers()
                || dispatch.overspent(view).isPresent();
        return again || spent
                ? Optional.empty()
                : mediator.answer(
                        question,
                        view.task().spec().title(),
                        parsed.body(),
                        new Errand(view.id(), view.turn(), cancellation));
    }

    /** On disk before the agent hears of it: whoever dies here goes on with this. */
    void give(TaskView view, Attempt last, String question, Answer answer) throws IOException {
        workingDirectory.keepChanges(last);
        journal.commit(
                new QuestionAnswered(view.id(), view.turn(), last.number(), question, answer.text(), answer.by()));
    }
}
