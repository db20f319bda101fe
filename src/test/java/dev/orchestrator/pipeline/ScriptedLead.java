package dev.orchestrator.pipeline;

import dev.orchestrator.mediator.Coordinator;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Situation;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.Move.Tool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Says in order what a test has it say, and remembers what it was told. */
final class ScriptedLead implements Coordinator {
    final Deque<Decision> script = new ArrayDeque<>();
    final List<Situation> told = new ArrayList<>();
    Runnable beforeAnswer = () -> {};

    ScriptedLead then(Decision... decisions) {
        script.addAll(List.of(decisions));
        return this;
    }

    ScriptedLead then(Tool tool, String text) {
        return then(new Decision.Moves(Move.of(tool, text)));
    }

    @Override
    public Decision next(Situation situation, Errand errand) {
        told.add(situation);
        beforeAnswer.run();
        Decision next = script.poll();
        if (next == null) {
            throw new AssertionError("it was asked once more, and told:\n" + situation);
        }
        return next;
    }

    Situation last() {
        return told.get(told.size() - 1);
    }
}
