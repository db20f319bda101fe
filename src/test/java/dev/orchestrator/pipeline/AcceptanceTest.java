package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.acceptance.CommandResult;
import dev.orchestrator.artifact.AcceptanceRun;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.AttemptEvent.AcceptanceFinished;
import dev.orchestrator.task.AttemptEvent.AttemptFinished;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
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

class AcceptanceTest {
    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
    }

    private ScriptedAgent writes(String file, String text, String said) {
        return agent.then((request, observer) -> {
            Files.writeString(request.directory().resolve(file), text);
            return ScriptedAgent.ended(null, said, file);
        });
    }

    @Test
    void a_task_is_a_success_when_all_commands_are_green() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test", "make lint"));
        Outcome outcome = setting.run(writes("a", "1", "Done."), task);

        assertThat(outcome).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        Artifact artifact = setting.artifact(task);
        assertThat(artifact.acceptance())
                .extracting(AcceptanceRun::command, AcceptanceRun::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("make test", "green"),
                        org.assertj.core.groups.Tuple.tuple("make lint", "green"));
        assertThat(setting.commands.orders)
                .allSatisfy(order -> assertThat(order.directory()).isEqualTo(setting.project));
        assertThat(setting.summary(task)).contains("## Acceptance", "round 1: `make test` passed");
    }

    @Test
    void red_output_goes_back_into_the_session_until_it_is_green() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.red("expected 2 but was 1").red("expected 3 but was 2").green();
        writes("a", "1", "Done.");
        writes("a", "2", "Mended.");
        writes("b", "3", "Mended again.");
        Outcome outcome = setting.run(agent, task);

        assertThat(outcome).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.requests()).hasSize(3);
        assertThat(agent.requests().get(1).resume()).isTrue();
        assertThat(agent.requests().get(1).sessionId())
                .isEqualTo(agent.requests().get(0).sessionId());
        assertThat(agent.requests().get(1).prompt())
                .startsWith("The work is not accepted yet")
                .contains("`make test`", "exit code 1", "expected 2 but was 1")
                .doesNotContain("# Task");
        assertThat(agent.requests().get(2).prompt()).contains("expected 3 but was 2");
        Artifact artifact = setting.artifact(task);
        assertThat(artifact.acceptance())
                .extracting(AcceptanceRun::round, AcceptanceRun::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "red"),
                        org.assertj.core.groups.Tuple.tuple(2, "red"),
                        org.assertj.core.groups.Tuple.tuple(3, "green"));
        assertThat(artifact.filesModified())
                .extracting(Artifact.FileChanged::path)
                .containsExactly("a", "b");
        assertThat(artifact.attempt()).isEqualTo(3);
        assertThat(artifact.result()).isEqualTo("Mended again.");
    }

    @Test
    void the_rounds_are_bounded_and_the_last_red_is_a_failure() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(1, "make test"));
        setting.commands.red("one").red("two");
        writes("a", "1", "Done.");
        writes("a", "2", "Mended.");
        setting.run(agent, task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(artifact.error().category()).isEqualTo(FailureCategory.ACCEPTANCE);
        assertThat(artifact.error().message())
                .isEqualTo("`make test` ended with exit code 1 (the agent was told 1 times)");
        assertThat(artifact.acceptance()).hasSize(2);
        assertThat(artifact.acceptance().get(1).output()).isEqualTo("two");
        assertThat(artifact.filesModified()).hasSize(1);
        assertThat(setting.summary(task)).contains("round 2: `make test` ended with exit code 1");
    }

    @Test
    void without_rounds_red_is_a_failure_at_once() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(0, "make test"));
        setting.commands.red("one");
        setting.run(writes("a", "1", "Done."), task);
        assertThat(setting.artifact(task).error().message()).isEqualTo("`make test` ended with exit code 1");
    }

    @Test
    void rounds_use_no_attempts_up_and_attempts_no_rounds() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").retries(1).acceptedBy(null, "make test"));
        setting.commands.red("one").red("two").green();
        writes("a", "1", "Done.");
        writes("a", "2", "Mended.");
        agent.fails(Failure.of(FailureCategory.CRASH, "it crashed"));
        PipelineRun daemon = setting.daemon(agent);
        Duration wait = daemon.waits(task);
        assertThat(wait).isPositive();

        writes("a", "3", "Mended again.");
        assertThat(daemon.pipeline().run(task, new Cancellation()))
                .isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.requests().get(3).prompt())
                .as("what was said before the crash is said again with the task")
                .startsWith("You were cut off")
                .contains("# Task: Do it", "## What you were told last", "two");
    }

    @Test
    void a_session_that_is_gone_is_followed_by_one_that_knows_all() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.red("expected 2").green();
        writes("a", "1", "I set it to 1.");
        writes("a", "2", "Mended.");
        agent.cannotResume(1);
        setting.run(agent, task);
        assertThat(agent.requests().get(1).resume()).isFalse();
        assertThat(agent.requests().get(1).prompt())
                .contains("added a", "I set it to 1.", "# Task: Do it", "expected 2");
    }

    @Test
    void invalid_work_is_not_tried_out() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.run(agent.says("Done."), task);
        assertThat(setting.artifact(task).error().category()).isEqualTo(FailureCategory.VALIDATION);
        assertThat(setting.commands.orders).isEmpty();
    }

    @Test
    void what_the_commands_leave_behind_is_not_the_agents_work() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.then((order, cancellation) -> {
            Files.writeString(order.directory().resolve("test.log"), "x");
            return new CommandResult(CommandResult.Outcome.RED, 1, Duration.ZERO, "no");
        });
        writes("a", "1", "Done.");
        writes("a", "2", "Mended.");
        setting.run(agent, task);
        assertThat(setting.artifact(task).filesModified())
                .extracting(Artifact.FileChanged::path)
                .containsExactly("a");
    }

    @Test
    void who_dies_while_the_commands_run_runs_them_again_and_the_agent_not() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.then((order, cancellation) -> {
            Files.writeString(order.directory().resolve("test.log"), "x");
            throw new IllegalStateException("the daemon dies");
        });
        writes("a", "1", "Done.");
        assertThatThrownBy(() -> setting.run(agent, task)).hasMessage("the daemon dies");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.requests()).hasSize(1);
        assertThat(setting.commands.stopped)
                .hasSize(2)
                .containsOnly("acceptance-" + agent.requests().get(0).sessionId());
        assertThat(setting.artifact(task).filesModified())
                .extracting(Artifact.FileChanged::path)
                .containsExactly("a");
    }

    @Test
    void what_the_commands_left_behind_before_the_daemon_died_is_not_the_agents_work_either() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.then((order, cancellation) -> {
            Files.writeString(order.directory().resolve("made.o"), "by the command");
            throw new IllegalStateException("the daemon dies");
        });
        writes("a", "1", "Done.");
        assertThatThrownBy(() -> setting.run(agent, task)).hasMessage("the daemon dies");
        setting.commands.red("one").green();
        writes("a", "2", "Mended.");

        setting.run(agent, task);

        assertThat(setting.artifact(task).filesModified())
                .extracting(Artifact.FileChanged::path)
                .containsExactly("a");
    }

    @Test
    void who_dies_behind_a_red_one_tells_the_agent_in_the_next_life() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.red("expected 2").green();
        writes("a", "1", "Done.");
        agent.then((request, observer) -> {
            throw new IllegalStateException("the daemon dies");
        });
        assertThatThrownBy(() -> setting.run(agent, task)).hasMessage("the daemon dies");
        writes("a", "2", "Mended.");

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(setting.journal.events(AcceptanceFinished.class)).hasSize(2);
        assertThat(setting.artifact(task).acceptance()).hasSize(2);
    }

    @Test
    void a_cancelled_task_does_not_wait_for_its_commands() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.then((order, cancellation) -> {
            cancellation.stop(Cancellation.Reason.CANCELLED);
            return new CommandResult(CommandResult.Outcome.STOPPED, null, Duration.ZERO, "");
        });
        assertThat(setting.run(writes("a", "1", "Done."), task)).isEqualTo(new Outcome.Finished(TaskStatus.CANCELLED));
        assertThat(setting.artifact(task).filesModified()).hasSize(1);
    }

    @Test
    void a_daemon_that_stops_leaves_the_rest_to_the_next() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.then((order, cancellation) -> {
            cancellation.stop(Cancellation.Reason.SHUTDOWN_LEAVE);
            return new CommandResult(CommandResult.Outcome.STOPPED, null, Duration.ZERO, "");
        });
        assertThat(setting.run(writes("a", "1", "Done."), task)).isEqualTo(new Outcome.LeftForNextStart());
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.requests()).hasSize(1);
    }

    @Test
    void what_cannot_be_started_is_nothing_that_the_agent_could_mend() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.then((order, cancellation) ->
                new CommandResult(CommandResult.Outcome.NOT_STARTED, null, Duration.ZERO, "there is no sandbox"));
        setting.run(writes("a", "1", "Done."), task);
        assertThat(setting.artifact(task).error().message())
                .isEqualTo(
                        "`make test` could not be started: there is no sandbox, and no work of the agent can change that");
    }

    @Test
    void a_question_is_answered_before_anything_is_tried_out() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.run(agent.says("QUESTION: which one?"), task);
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.AWAITING_REPLY);
        assertThat(setting.commands.orders).isEmpty();
    }

    @Test
    void an_attempt_that_was_told_something_did_not_fail() throws Exception {
        Task task = setting.accept(task("t").type("bug_fix").acceptedBy(null, "make test"));
        setting.commands.red("one").green();
        writes("a", "1", "Done.");
        writes("a", "2", "Mended.");
        setting.run(agent, task);
        assertThat(setting.journal.events(AttemptFinished.class))
                .extracting(AttemptFinished::failure)
                .isEqualTo(java.util.Arrays.asList(null, null));
        assertThat(List.copyOf(setting.artifact(task).attempts()))
                .allSatisfy(attempt -> assertThat(attempt.category()).isNull());
    }
}
