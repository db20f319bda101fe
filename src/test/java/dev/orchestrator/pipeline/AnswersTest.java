package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.mediator.Answer;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Summary;
import dev.orchestrator.mediator.Understanding;
import dev.orchestrator.task.AttemptEvent.QuestionAnswered;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskEvent.QuestionAsked;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();
    private final Knowing knowing = new Knowing();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
        setting.mediator = knowing;
    }

    /** Answers everything, or nothing when it knows no answer. */
    private static final class Knowing implements Mediator {
        final List<String> asked = new ArrayList<>();

        @Nullable
        String knows = "In euros.";

        boolean stops;

        @Override
        public Optional<Understanding> understand(TaskSpec spec, TaskBody body, Errand errand) {
            return new RuleMediator().understand(spec, body, errand);
        }

        @Override
        public Optional<Answer> answer(String question, String title, TaskBody body, Errand errand) {
            asked.add(question);
            if (stops) {
                errand.cancellation().stop(Cancellation.Reason.SHUTDOWN_LEAVE);
            }
            return Optional.ofNullable(knows).map(text -> new Answer(text, "m"));
        }

        @Override
        public Optional<Summary> summarize(String title, String said, Errand errand) {
            return Optional.empty();
        }

        @Override
        public Optional<List<Judgement>> judge(
                List<String> criteria, String said, List<String> changed, Errand errand) {
            return new RuleMediator().judge(criteria, said, changed, errand);
        }
    }

    private ScriptedAgent writes(String said) {
        return agent.then((request, observer) -> {
            Files.writeString(request.directory().resolve("a"), said);
            return ScriptedAgent.ended(null, said, "a");
        });
    }

    @Test
    void a_question_that_the_task_answers_needs_no_person() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix"));
        agent.says("QUESTION: In euros or dollars?");
        writes("Done.");
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(agent.requests().get(1).prompt()).isEqualTo("In euros.");
        assertThat(agent.requests().get(1).resume()).isTrue();
        assertThat(setting.journal.events(QuestionAnswered.class))
                .containsExactly(new QuestionAnswered(task.id(), 1, 1, "In euros or dollars?", "In euros.", "m"));
        Artifact artifact = setting.artifact(task);
        assertThat(artifact.conversation())
                .extracting(Artifact.Message::role, Artifact.Message::content)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("user", "Do it."),
                        org.assertj.core.groups.Tuple.tuple("agent", "In euros or dollars?"),
                        org.assertj.core.groups.Tuple.tuple("mediator", "In euros."),
                        org.assertj.core.groups.Tuple.tuple("agent", "Done."));
    }

    @Test
    void what_the_agent_had_changed_before_it_asked_is_in_the_end() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix"));
        agent.then((request, observer) -> {
            Files.writeString(request.directory().resolve("b"), "x");
            return ScriptedAgent.ended(null, "QUESTION: Shall I do the other, too?", "b");
        });
        writes("Done.");
        setting.run(agent, task);
        assertThat(setting.artifact(task).filesModified())
                .extracting(Artifact.FileChanged::path)
                .containsExactly("a", "b");
    }

    @Test
    void one_that_nobody_can_answer_waits_for_a_person() throws Exception {
        knowing.knows = null;
        Task task = setting.accept(task("t").type("bug_fix"));
        assertThat(setting.run(agent.says("QUESTION: Which?"), task))
                .isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_REPLY));
        assertThat(setting.artifact(task).error().message()).isEqualTo("the agent asked: Which?");
    }

    @Test
    void who_asks_the_same_again_was_not_helped() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix"));
        agent.says("QUESTION: Which?").says("QUESTION: Which?");
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_REPLY));
        assertThat(knowing.asked).containsExactly("Which?");
        assertThat(setting.journal.events(QuestionAsked.class)).hasSize(2);
    }

    @Test
    void so_many_are_answered_and_the_next_waits() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix"));
        agent.says("QUESTION: Which?").says("QUESTION: Where?").says("QUESTION: When?");
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_REPLY));
        assertThat(knowing.asked).containsExactly("Which?", "Where?");
    }

    @Test
    void an_answer_makes_no_success_of_a_task_in_which_nothing_was_done() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix"));
        agent.says("Shall I proceed?").says("Everything is done.");
        setting.run(agent, task);
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(setting.artifact(task).error().category()).isEqualTo(FailureCategory.VALIDATION);
    }

    @Test
    void a_request_that_ends_without_a_question_mark_is_one_when_nothing_was_done() throws Exception {
        knowing.knows = null;
        Task task = setting.accept(task("t").type("bug_fix"));
        setting.run(agent.says("I need your permission to edit the file."), task);
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.AWAITING_REPLY);
    }

    @Test
    void the_words_of_who_did_the_work_are_no_question() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix"));
        writes("Done. Please let me know if you want more.");
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(knowing.asked).isEmpty();
    }

    @Test
    void who_dies_behind_an_answer_gives_it_in_the_next_life() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix"));
        agent.says("QUESTION: Which?").then((request, observer) -> {
            throw new IllegalStateException("the daemon dies");
        });
        assertThatThrownBy(() -> setting.run(agent, task)).hasMessage("the daemon dies");
        writes("Done.");
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(setting.journal.events(QuestionAnswered.class)).hasSize(1);
        assertThat(knowing.asked).hasSize(1);
    }

    @Test
    void a_daemon_that_stops_while_somebody_looks_for_an_answer_leaves_the_question_to_the_next() throws Exception {
        knowing.knows = null;
        knowing.stops = true;
        Task task = setting.accept(task("t").type("bug_fix"));
        assertThat(setting.run(agent.says("QUESTION: Which?"), task)).isEqualTo(new Outcome.LeftForNextStart());
        assertThat(setting.journal.events(QuestionAsked.class)).isEmpty();
        knowing.stops = false;
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_REPLY));
        assertThat(agent.requests()).hasSize(1);
    }
}
