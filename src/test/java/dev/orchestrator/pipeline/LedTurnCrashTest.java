package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.acceptance.CommandResult;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.CoordinatorMove;
import dev.orchestrator.mediator.Coordinator.Decision;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.DaemonEvent.DaemonStarted;
import dev.orchestrator.task.Event;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A led turn with everything in it, in which the daemon dies behind each of its events. */
class LedTurnCrashTest {
    @TempDir
    Path temp;

    @Test
    void wherever_the_daemon_dies_each_step_is_done_once_and_each_decision_stands() throws Exception {
        int events = done(new Life(temp.resolve("whole")), Integer.MAX_VALUE);
        assertThat(events).isGreaterThan(30);
        for (int last = 2; last <= events; last++) {
            done(new Life(temp.resolve("life" + last)), last);
        }
    }

    private static int done(Life life, int last) throws IOException, InterruptedException {
        Task task = life.begun(last);
        Event death =
                life.setting.journal.events().get(life.setting.journal.events().size() - 1);
        assertThat(life.outcome(task)).as("after %s", death).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(life.lead.told).as("after %s", death).hasSize(6);
        assertThat(life.agent.requests())
                .as("after %s", death)
                .extracting(AgentRequest::access)
                .containsExactly(Access.READ, Access.WRITE, Access.WRITE);
        Artifact artifact = life.setting.artifact(task);
        assertThat(artifact.filesModified())
                .as("after %s", death)
                .extracting(Artifact.FileChanged::path)
                .containsExactlyInAnyOrder("a.txt", "b.txt");
        assertThat(artifact.coordination())
                .as("after %s", death)
                .extracting(CoordinatorMove::number)
                .containsExactly(1, 2, 3, 4, 5, 6);
        return life.setting.journal.events().size();
    }

    /** A home in which a daemon dies once. */
    private static final class Life {
        final PipelineHome setting;
        final ScriptedLead lead = new ScriptedLead();
        final ScriptedAgent agent = new ScriptedAgent();

        Life(Path directory) throws IOException {
            setting = new PipelineHome(Files.createDirectory(directory));
            setting.coordinator = lead;
            Files.writeString(setting.project.resolve("notes.txt"), "Prices are in euros.");
            lead.then(Tool.READ_FILE, "notes.txt")
                    .then(new Decision.Moves(new Move(Tool.RUN_AGENT, "Look.", true, List.of())))
                    .then(Tool.LAST_RESULT, "")
                    .then(Tool.RUN_AGENT, "Write.")
                    .then(Tool.FINISH, "Done.")
                    .then(Tool.FINISH, "Now it is.");
            agent.says("I looked at the notes: prices are in euros.")
                    .then(this::writesA)
                    .then(this::writesB);
            setting.commands.then((order, cancellation) -> {
                Files.writeString(setting.project.resolve("made.o"), "by the command");
                return new CommandResult(CommandResult.Outcome.RED, 1, Duration.ofMillis(9), "1 test failed");
            });
        }

        private AgentResult writesA(AgentRequest request, Object observer) throws IOException {
            Files.writeString(request.directory().resolve("a.txt"), "a");
            return ScriptedAgent.ended(null, "I wrote the prices in euros into a.txt.", "a.txt");
        }

        private AgentResult writesB(AgentRequest request, Object observer) throws IOException {
            Files.writeString(request.directory().resolve("b.txt"), "b");
            return ScriptedAgent.ended(null, "I wrote the test of prices into b.txt.", "b.txt");
        }

        /** The task, and all that comes before the death of its daemon. */
        Task begun(int last) throws IOException, InterruptedException {
            setting.journal.endAt(last);
            Task task = setting.accept(task("t").type("bug_fix").coordinated().acceptedBy(2, "make test"));
            if (last < Integer.MAX_VALUE) {
                try {
                    setting.run(agent, task);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageStartingWith("the daemon dies");
                }
                setting.journal.endAt(Integer.MAX_VALUE);
                setting.journal.commit(new DaemonStarted("2", 1, 1));
            }
            return task;
        }

        /** Dead by now it may be over: then it is only put away. */
        Outcome outcome(Task task) throws InterruptedException {
            return setting.journal.state().active(task.id()).isPresent()
                    ? setting.run(agent, task)
                    : new Outcome.Finished(TaskStatus.SUCCEEDED);
        }
    }
}
