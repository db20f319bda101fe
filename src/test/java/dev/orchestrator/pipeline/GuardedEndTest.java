package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of a guarded task, however it ends. */
class GuardedEndTest {
    private static final Duration WORK = Duration.ofSeconds(41);

    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
    }

    /** A task whose change to {@code a.txt} has waited for three hours. */
    private Task waiting() throws Exception {
        Task task = setting.accept(task("safe").guarded());
        agent.then((request, observer) -> {
            setting.time.advance(WORK);
            Files.writeString(request.directory().resolve("a.txt"), "x");
            return ScriptedAgent.ended(null, "I wrote it.", "a.txt");
        });
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_APPROVAL));
        setting.time.advance(Duration.ofHours(3));
        return task;
    }

    @Test
    void one_that_is_cancelled_while_it_waits_took_no_longer_than_its_work() throws Exception {
        Task task = waiting();

        setting.end(task, TaskStatus.CANCELLED, null);

        assertThat(setting.artifact(task).durationMs()).isEqualTo(WORK.toMillis());
        assertThat(setting.artifact(task).finishedAt()).isEqualTo(setting.time.now());
        assertThat(setting.journal.events(TaskEvent.TaskFinished.class))
                .extracting(TaskEvent.TaskFinished::durationMs)
                .containsExactly(WORK.toMillis());
    }

    @Test
    void one_that_is_cancelled_while_it_waits_for_a_reply_took_no_longer_than_its_work() throws Exception {
        Task task = setting.accept(task("asks"));
        agent.then((request, observer) -> {
            setting.time.advance(WORK);
            return ScriptedAgent.ended(null, "QUESTION: In euros?");
        });
        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_REPLY));
        setting.time.advance(Duration.ofHours(3));

        setting.end(task, TaskStatus.CANCELLED, null);

        assertThat(setting.artifact(task).durationMs()).isEqualTo(WORK.toMillis());
    }
}
