package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.CoordinatorMove;
import dev.orchestrator.mediator.Coordinator;
import dev.orchestrator.mediator.Situation;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.CoordinatorEvent.CoordinatorAway;
import dev.orchestrator.task.CoordinatorEvent.CoordinatorMoved;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Move;
import dev.orchestrator.task.Move.Tool;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinationTest {
    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();
    private final ScriptedLead lead = new ScriptedLead();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
        setting.coordinator = lead;
    }

    private static Move looking(String instructions) {
        return new Move(Tool.RUN_AGENT, instructions, true, List.of());
    }

    private Task accept() throws IOException {
        return setting.accept(task("t").coordinated().allows("Bash(ls)", "Bash(make)"));
    }

    private Artifact failed(Task task) throws IOException, InterruptedException {
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        return setting.artifact(task);
    }

    @Test
    void the_agent_is_led_step_by_step_and_each_step_has_what_it_needs() throws Exception {
        Task task = accept();
        Files.writeString(setting.project.resolve("notes.txt"), "Prices are in euros.");
        lead.then(Tool.READ_FILE, "notes.txt")
                .then(new Coordinator.Decision.Moves(looking("Find where prices are shown.")))
                .then(Tool.LAST_RESULT, "")
                .then(Tool.RUN_AGENT, "Show prices in euros.")
                .then(Tool.FINISH, "Prices are in euros.");
        agent.says("Prices are shown in shop.txt, line 1.").writes("shop.txt");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        AgentRequest first = agent.requests().get(0);
        AgentRequest second = agent.requests().get(1);
        assertThat(first.access()).isEqualTo(Access.READ);
        assertThat(first.allowedTools()).isEmpty();
        assertThat(first.prompt()).contains("Do it.", "Find where prices are shown.", "One step at a time");
        assertThat(second.access()).isEqualTo(Access.WRITE);
        assertThat(second.allowedTools()).containsExactly("Bash(ls)", "Bash(make)");
        assertThat(second.prompt()).isEqualTo("Show prices in euros.");
        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(lead.told.get(1).detail()).isEqualTo("notes.txt:\nPrices are in euros.");
        assertThat(lead.told.get(2).done())
                .contains("2. run_agent (read only): Find where", "It came to this", "shop.txt, line 1");
        assertThat(lead.told.get(3).detail()).contains("it came to its end", "Prices are shown in shop.txt");
        assertThat(setting.artifact(task).coordination())
                .extracting(CoordinatorMove::tool)
                .containsExactly("read_file", "run_agent", "last_result", "run_agent", "finish");
        assertThat(setting.journal.events(CoordinatorMoved.class)).hasSize(5);
        assertThat(setting.summary(task)).contains("## What the coordinator did", "- finish `Prices are in euros.`");
    }

    @Test
    void what_a_step_lacks_a_later_one_may_have_and_none_has_more_than_the_task() throws Exception {
        Task task = setting.acceptReader(task("t").type("analyze").coordinated());
        lead.then(new Coordinator.Decision.Moves(new Move(Tool.RUN_AGENT, "Change it.", false, List.of("Bash(rm *)"))))
                .then(Tool.FINISH, "Done.");
        agent.says("The answer to the question is in the third line.");

        setting.run(agent, task);

        assertThat(agent.requests().get(0).access()).isEqualTo(Access.READ);
        assertThat(agent.requests().get(0).allowedTools()).isEmpty();
        assertThat(lead.told.get(0).mayChange()).isFalse();
    }

    @Test
    void that_it_calls_the_task_done_is_judged_like_any_claim() throws Exception {
        Task task = setting.accept(task("t").coordinated().expects("report.md"));
        lead.then(Tool.RUN_AGENT, "Write the report.").then(Tool.FINISH, "It is written.");
        agent.writes("other.md");

        assertThat(failed(task).error().category()).isEqualTo(FailureCategory.VALIDATION);
    }

    @Test
    void nothing_is_finished_that_was_not_begun() throws Exception {
        Task task = accept();
        lead.then(Tool.FINISH, "Done.").then(Tool.FINISH, "Done.").then(Tool.FINISH, "Really done.");

        Artifact artifact = failed(task);

        assertThat(artifact.error().category()).isEqualTo(FailureCategory.COORDINATION);
        assertThat(artifact.error().message()).contains("its last 3 moves brought nothing new");
        assertThat(lead.last().done()).contains("nothing is done yet");
    }

    @Test
    void it_gives_up_with_a_reason() throws Exception {
        Task task = accept();
        lead.then(Tool.GIVE_UP, "Nobody says which currency.");

        Artifact artifact = failed(task);

        assertThat(artifact.error().message()).isEqualTo("the coordinator gave up: Nobody says which currency.");
        assertThat(agent.requests()).isEmpty();
    }

    @Test
    void red_commands_go_to_the_agent_and_then_it_has_its_say_again() throws Exception {
        Task task = setting.accept(task("t").coordinated().acceptedBy(2, "make test"));
        setting.commands.red("1 test failed");
        setting.commands.green();
        lead.then(Tool.RUN_AGENT, "Write it.").then(Tool.FINISH, "Done.").then(Tool.FINISH, "Now it is.");
        agent.writes("a.txt").writes("b.txt");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(agent.requests().get(1).prompt()).contains("1 test failed");
        assertThat(lead.last().done())
                .contains(
                        "finish: Done.",
                        "commands that must pass did not, and the agent was to mend that; it came to its end");
        assertThat(setting.artifact(task).coordination())
                .extracting(CoordinatorMove::tool)
                .containsExactly("run_agent", "finish", "finish");
    }

    @Test
    void a_run_that_was_too_long_for_one_step_is_no_end_but_cannot_be_called_done_either() throws Exception {
        Task task = accept();
        lead.then(Tool.RUN_AGENT, "All of it.")
                .then(Tool.FINISH, "Done.")
                .then(Tool.RUN_AGENT, "The rest.")
                .then(Tool.FINISH, "Done.");
        agent.fails(Failure.of(FailureCategory.MAX_TURNS, "it had 40 turns")).writes("a.txt");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(lead.told.get(2).done()).contains("cut off: it had 40 turns", "cut off before its end");
    }

    @Test
    void any_other_failure_is_the_task_s() throws Exception {
        Task task = accept();
        lead.then(Tool.RUN_AGENT, "All of it.");
        agent.fails(Failure.of(FailureCategory.POLICY, "refused"));

        assertThat(failed(task).error().category()).isEqualTo(FailureCategory.POLICY);
    }

    @Test
    void the_agent_is_run_so_often_and_not_told_the_same_twice() throws Exception {
        Task task = accept();
        lead.then(Tool.RUN_AGENT, "One.")
                .then(Tool.RUN_AGENT, "One.")
                .then(Tool.RUN_AGENT, "Two.")
                .then(Tool.RUN_AGENT, "Three.")
                .then(Tool.RUN_AGENT, "Four.")
                .then(Tool.FINISH, "Done.");
        agent.writes("1.txt").writes("2.txt").writes("3.txt");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(agent.requests()).hasSize(3);
        assertThat(lead.told.get(2).done()).contains("the agent was told the very same before");
        assertThat(lead.last().done()).contains("the agent may not be run any more");
        assertThat(lead.last().runsLeft()).isZero();
    }

    @Test
    void it_makes_so_many_moves_and_no_more() throws Exception {
        Task task = accept();
        for (int i = 0; i < 12; i++) {
            Files.writeString(setting.project.resolve(i + ".txt"), "x");
            lead.then(Tool.READ_FILE, i + ".txt");
        }

        assertThat(failed(task).error().message()).contains("made 12 moves and was not done (`coordinator.moves`)");
    }

    @Test
    void it_reads_no_more_than_the_agent_might() throws Exception {
        Task task = accept();
        Files.writeString(setting.project.resolve(".env"), "PASSWORD=hunter22222");
        lead.then(Tool.READ_FILE, ".env").then(Tool.READ_FILE, "../home").then(Tool.READ_FILE, "/etc/passwd");

        failed(task);

        assertThat(lead.told.stream().map(Situation::toString).toList().toString())
                .doesNotContain("hunter22222")
                .contains("refused: .env is likely to hold a secret", "refused: it is outside of");
        assertThat(setting.artifact(task).coordination())
                .allSatisfy(move -> assertThat(move.outcome()).startsWith("refused: "));
    }

    @Test
    void without_a_model_that_can_it_is_said_and_nothing_runs() throws Exception {
        Task task = accept();
        setting.coordinator = Coordinator.NOBODY;

        Artifact artifact = failed(task);

        assertThat(artifact.error().category()).isEqualTo(FailureCategory.CONFIG);
        assertThat(artifact.error().message()).contains("there is no local model");
        assertThat(artifact.error().suggestedAction()).contains("ollama.model", "remove `coordinator`");
        assertThat(agent.requests()).isEmpty();
    }

    @Test
    void who_is_away_is_waited_for_as_long_as_anything_else_outside() throws Exception {
        Task task = accept();
        lead.then(new Coordinator.Decision.Away("nobody answers"), new Coordinator.Decision.Away("nobody answers"))
                .then(new Coordinator.Decision.Away("nobody answers"));
        PipelineRun daemon = setting.daemon(agent);

        assertThat(daemon.waits(task)).isEqualTo(Duration.ofMinutes(1));
        setting.time.advance(Duration.ofMinutes(1));
        assertThat(daemon.waits(task)).isEqualTo(Duration.ofMinutes(1));
        setting.time.advance(Duration.ofHours(12));

        Artifact artifact = failed(task);
        assertThat(artifact.error().category()).isEqualTo(FailureCategory.NETWORK);
        assertThat(setting.journal.events(CoordinatorAway.class)).hasSize(2);
    }

    @Test
    void who_comes_back_goes_on_where_it_was() throws Exception {
        Task task = accept();
        lead.then(Tool.RUN_AGENT, "One.").then(new Coordinator.Decision.Away("nobody answers"));
        agent.writes("1.txt");
        setting.daemon(agent).waits(task);
        setting.time.advance(Duration.ofMinutes(1));
        lead.then(Tool.FINISH, "Done.");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(agent.requests()).hasSize(1);
        assertThat(lead.last().done()).contains("1. run_agent: One.", "I wrote the file 1.txt");
    }

    @Test
    void a_step_that_was_decided_is_done_by_the_next_daemon_and_nobody_is_asked_again() throws Exception {
        Task task = accept();
        setting.journal.commit(
                new CoordinatorMoved(task.id(), 1, 1, Tool.RUN_AGENT, "One.", true, null, 0, "", "", false));
        lead.then(Tool.RUN_AGENT, "Two.").then(Tool.FINISH, "Done.");
        agent.says("I looked at the file and found the cause in line 3.").writes("2.txt");

        setting.run(agent, task);

        assertThat(agent.requests().get(0).prompt()).contains("One.");
        assertThat(agent.requests().get(0).access()).isEqualTo(Access.READ);
        assertThat(agent.requests().get(1).access()).isEqualTo(Access.WRITE);
        assertThat(lead.told).hasSize(2);
    }

    @Test
    void whoever_stops_the_task_is_heard_while_it_thinks() throws Exception {
        Task task = accept();
        Cancellation cancellation = new Cancellation();
        lead.beforeAnswer = () -> cancellation.stop(Cancellation.Reason.CANCELLED);
        lead.then(new Coordinator.Decision.Stopped());

        assertThat(setting.daemon(agent).pipeline().run(task, cancellation))
                .isEqualTo(new Outcome.Finished(TaskStatus.CANCELLED));
    }

    @Test
    void a_daemon_that_ends_leaves_the_task_as_it_is() throws Exception {
        Task task = accept();
        Cancellation cancellation = new Cancellation();
        lead.beforeAnswer = () -> cancellation.stop(Cancellation.Reason.SHUTDOWN_LEAVE);
        lead.then(new Coordinator.Decision.Stopped());

        assertThat(setting.daemon(agent).pipeline().run(task, cancellation)).isEqualTo(new Outcome.LeftForNextStart());
    }

    @Test
    void what_its_task_may_cost_holds_for_its_steps_together() throws Exception {
        Task task = accept();
        lead.then(Tool.RUN_AGENT, "One.").then(Tool.RUN_AGENT, "Two.");
        agent.then((request, observer) -> {
            setting.dispatch.overspent = Failure.of(FailureCategory.BUDGET, "it had 2 dollars");
            return ScriptedAgent.writing("1.txt").run(request, observer);
        });

        Artifact artifact = failed(task);

        assertThat(artifact.error().category()).isEqualTo(FailureCategory.BUDGET);
        assertThat(artifact.filesModified()).hasSize(1);
    }
}
