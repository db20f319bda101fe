package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.mediator.Coordinator.Decision;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.Move.Tool;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TurnStarted;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a led turn comes to when something comes between: other tasks, crashes, retries, red commands, further turns. */
class LedTurnsTest {
    private static final String SESSION = "00000000-0000-4000-8000-000000000001";

    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();
    private final ScriptedLead lead = new ScriptedLead();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
        setting.coordinator = lead;
    }

    private static Decision looking(String instructions) {
        return new Decision.Moves(new Move(Tool.RUN_AGENT, instructions, true, List.of()));
    }

    private AgentRequest request(int number) {
        return agent.requests().get(number - 1);
    }

    private void anotherTurn(Task task, @Nullable String session, @Nullable String message) {
        setting.journal.commit(
                new TurnStarted(task.id(), 2, "test", task, session, 1, BigDecimal.ZERO, null, null, message, null));
    }

    @Test
    void what_others_change_while_nobody_leads_is_not_the_task_s_work() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").coordinated().allows("Bash(ls)"));
        lead.then(looking("Look.")).then(new Decision.Away("nobody answers"));
        agent.says("I looked at the file and found the cause in line 3.");
        PipelineRun daemon = setting.daemon(agent);
        assertThat(daemon.waits(task)).isEqualTo(Duration.ofMinutes(1));

        Files.writeString(setting.project.resolve("other.txt"), "of another task");
        setting.time.advance(Duration.ofMinutes(1));
        lead.then(Tool.FINISH, "Done.");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        assertThat(setting.artifact(task).filesModified()).isEmpty();
        assertThat(setting.artifact(task).error().message()).contains("none changed");
    }

    /** Another task may be at work there when the daemon dies, and the next one has it taken over at once. */
    @Test
    void who_waits_for_the_one_who_leads_does_not_hold_its_directory_over_a_restart() throws Exception {
        Task task = setting.accept(task("t").coordinated());
        lead.then(Tool.RUN_AGENT, "One.").then(new Decision.Away("nobody answers"));
        agent.writes("a.txt");
        lead.beforeAnswer = () -> assertThat(view(task).holdsDirectory()).isEqualTo(lead.told.size() > 1);

        setting.daemon(agent).waits(task);

        assertThat(view(task).holdsDirectory()).isFalse();
        assertThat(view(task).notBefore()).isAfter(setting.time.now());
    }

    private TaskView view(Task task) {
        return setting.journal.state().active(task.id()).orElseThrow();
    }

    @Test
    void who_is_to_mend_what_is_red_has_what_its_task_has_and_not_what_the_last_step_had() throws Exception {
        Task task = setting.accept(task("t").coordinated().allows("Bash(make)").acceptedBy(2, "make test"));
        setting.commands.red("1 test failed").green();
        lead.then(Tool.RUN_AGENT, "Write it.")
                .then(looking("See whether it is right."))
                .then(Tool.FINISH, "Done.")
                .then(looking("See again."))
                .then(Tool.FINISH, "Now it is.");
        agent.writes("a.txt")
                .says("I looked at the file and it is right.")
                .fails(Failure.of(FailureCategory.CRASH, "it crashed"));
        PipelineRun daemon = setting.daemon(agent);
        assertThat(daemon.waits(task)).isPositive();
        agent.writes("b.txt").says("I looked at both files and they are right.");

        assertThat(daemon.pipeline().run(task, new Cancellation()))
                .isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(agent.requests())
                .extracting(AgentRequest::access)
                .containsExactly(Access.WRITE, Access.READ, Access.WRITE, Access.WRITE, Access.READ);
        assertThat(request(3).allowedTools()).containsExactly("Bash(make)");
        assertThat(request(4).prompt()).contains("1 test failed");
    }

    @Test
    void a_step_that_fails_for_a_while_is_tried_again_as_the_step_that_it_is() throws Exception {
        Task task = setting.accept(task("t").coordinated().allows("Bash(make)"));
        lead.then(Tool.RUN_AGENT, "One.").then(looking("Two.")).then(Tool.FINISH, "Done.");
        agent.writes("a.txt").fails(Failure.of(FailureCategory.OVERLOADED, "busy"));
        setting.daemon(agent).waits(task);
        agent.fails(Failure.of(FailureCategory.USAGE_LIMIT, "spent"));
        setting.daemon(agent).waits(task);
        agent.says("I looked at the file and it is right.");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        for (int number = 2; number <= 4; number++) {
            assertThat(request(number).access()).isEqualTo(Access.READ);
            assertThat(request(number).allowedTools()).isEmpty();
            assertThat(request(number).prompt()).contains("Two.").doesNotContain("One.");
        }
        assertThat(lead.told).hasSize(3);
    }

    @Test
    void a_run_that_is_taken_over_is_still_the_step_that_it_was() throws Exception {
        Task task = setting.accept(task("t").coordinated().allows("Bash(make)"));
        lead.then(Tool.RUN_AGENT, "One.").then(looking("Two."));
        agent.writes("a.txt").then((request, observer) -> {
            throw new IllegalStateException("the daemon dies");
        });
        assertThatThrownBy(() -> setting.run(agent, task)).hasMessage("the daemon dies");
        agent.runs(2, ScriptedAgent.report("I looked at the file and it is right."));
        lead.then(Tool.FINISH, "Done.");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(agent.takenOver())
                .singleElement()
                .extracting(AgentRequest::access)
                .isEqualTo(Access.READ);
        assertThat(agent.requests()).hasSize(2);
        assertThat(lead.told).hasSize(3);
    }

    @Test
    void steps_that_were_cut_off_use_no_retries_up() throws Exception {
        Task task = setting.accept(task("t").coordinated().retries(1));
        lead.then(Tool.RUN_AGENT, "One.").then(Tool.RUN_AGENT, "Two.").then(Tool.RUN_AGENT, "Three.");
        agent.fails(Failure.of(FailureCategory.MAX_TURNS, "it had 40 turns"))
                .fails(Failure.of(FailureCategory.TIMEOUT_TOTAL, "it had an hour"))
                .fails(Failure.of(FailureCategory.CRASH, "it crashed"));

        assertThat(setting.daemon(agent).waits(task)).isPositive();
    }

    @Test
    void a_session_that_is_lost_on_the_way_is_followed_by_one_that_knows_why_there_is_another_turn() throws Exception {
        Task task = setting.accept(task("t").coordinated());
        lead.then(Tool.RUN_AGENT, "One.").then(Tool.FINISH, "Done.");
        agent.writes("a.txt");
        setting.run(agent, task);
        anotherTurn(task, SESSION, "In euros, please.");
        lead.then(Tool.RUN_AGENT, "Two.").then(Tool.RUN_AGENT, "Three.").then(Tool.FINISH, "Done.");
        agent.writes("b.txt").fails(Failure.of(FailureCategory.SESSION, "it is gone"));
        setting.daemon(agent).waits(task);
        agent.writes("c.txt");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(request(2).prompt()).contains("In euros, please.", "Two.");
        assertThat(request(3).prompt()).isEqualTo("Three.");
        assertThat(request(4).resume()).isFalse();
        assertThat(request(4).prompt()).contains("Do it.", "In euros, please.", "Three.");
    }

    @Test
    void who_leads_another_turn_knows_what_was_done_in_the_one_before() throws Exception {
        Task task = setting.accept(task("t").coordinated());
        lead.then(Tool.RUN_AGENT, "One.").then(Tool.FINISH, "Done.");
        agent.writes("a.txt");
        setting.run(agent, task);
        anotherTurn(task, SESSION, "In euros, please.");
        lead.then(Tool.GIVE_UP, "Which prices?");

        setting.run(agent, task);

        assertThat(lead.last().task()).contains("In euros, please.");
        assertThat(lead.last().done()).contains("Turn 1 of this task", "I wrote the file a.txt");
        assertThat(lead.told.get(0).done()).isEmpty();
    }

    @Test
    void nothing_is_called_done_by_who_cannot_see_the_task_any_more() throws Exception {
        Task task = setting.accept(task("t").coordinated());
        lead.then(Tool.RUN_AGENT, "One.").then(new Decision.Away("nobody answers"));
        agent.writes("a.txt");
        setting.daemon(agent).waits(task);
        setting.textIsUnusable = true;
        lead.then(Tool.FINISH, "Done.");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.error().message()).isEqualTo("it was changed");
        assertThat(artifact.filesModified()).hasSize(1);
        assertThat(artifact.result()).contains("I wrote the file a.txt");
    }

    @Test
    void who_cancels_is_believed_whatever_the_one_who_leads_says() throws Exception {
        Task task = setting.accept(task("t").coordinated());
        Cancellation cancellation = new Cancellation();
        lead.then(Tool.RUN_AGENT, "One.").then(Tool.GIVE_UP, "I cannot.");
        agent.writes("a.txt").writes("never.txt");
        lead.beforeAnswer = () -> {
            if (lead.told.size() == 2) {
                cancellation.stop(Cancellation.Reason.CANCELLED);
            }
        };

        assertThat(setting.daemon(agent).pipeline().run(task, cancellation))
                .isEqualTo(new Outcome.Finished(TaskStatus.CANCELLED));
        assertThat(setting.artifact(task).result()).contains("I wrote the file a.txt");
    }

    @Test
    void of_a_guarded_task_all_steps_work_in_one_copy_and_a_person_decides() throws Exception {
        Task task = setting.accept(task("t").coordinated().guarded());
        Files.writeString(setting.project.resolve("notes.txt"), "Prices are in euros.");
        lead.then(looking("Look."))
                .then(Tool.RUN_AGENT, "Write.")
                .then(Tool.READ_FILE, "a.txt")
                .then(Tool.FINISH, "Done.");
        agent.says("I looked at the file and it is right.").writes("a.txt");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_APPROVAL));

        assertThat(request(2).directory()).isEqualTo(request(1).directory()).isNotEqualTo(setting.project);
        assertThat(lead.last().detail()).isEqualTo("a.txt:\na.txt");
        assertThat(setting.project.resolve("a.txt")).doesNotExist();
    }
}
