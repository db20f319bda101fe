package dev.orchestrator.mediator;

import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskSpec;
import java.util.List;
import java.util.Optional;

/**
 * Stands between the user and the agent. Whatever it says is advice: the user's own words reach the agent whole, and no answer
 * of a model grants anything. Implementations are thread-safe and always come to an answer; empty means only that the task is
 * being stopped and nobody waits for one any more.
 */
public interface Mediator {

    /** What a request asks for. */
    Optional<Understanding> understand(TaskSpec spec, TaskBody body, Errand errand) throws InterruptedException;

    /**
     * Answers a question of the agent, as far as the task's own text and the rules of an unattended run do.
     *
     * @return empty when only a person can
     */
    Optional<Answer> answer(String question, String title, TaskBody body, Errand errand) throws InterruptedException;

    /**
     * What came of the work, in a few sentences for a person.
     *
     * @param said the agent's last word
     * @return empty also when the agent's own words serve best
     */
    Optional<Summary> summarize(String title, String said, Errand errand) throws InterruptedException;

    /**
     * Which of {@code criteria} the work meets, one judgement for each, in their order.
     *
     * @param said the agent's last word
     * @param changed files that are different now
     */
    Optional<List<Judgement>> judge(List<String> criteria, String said, List<String> changed, Errand errand)
            throws InterruptedException;
}
