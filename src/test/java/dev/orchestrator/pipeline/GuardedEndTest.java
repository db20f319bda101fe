package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.artifact.ContextLoader;
import dev.orchestrator.task.ApprovalEvent;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of a guarded task, however it ends. */
class GuardedEndTest {
    private static final String NOTHING_APPLIED = "## Files it wanted to change\n\n"
            + "It worked in a copy, and nothing of this was applied.\n\n- added `a.txt`\n";
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
    void what_waits_is_what_it_wants_to_change() throws Exception {
        Task task = waiting();

        assertThat(setting.summary(task))
                .contains("## Waits for you", "## Files it wants to change\n\n- added `a.txt`")
                .doesNotContain("Files changed");
        assertThat(setting.artifact(task).filesModifiedIn()).isEqualTo("copy");
    }

    @Test
    void of_one_that_is_cancelled_while_it_waits_nothing_is_said_to_be_changed_or_to_wait() throws Exception {
        Task task = waiting();

        setting.end(task, TaskStatus.CANCELLED, null);

        assertThat(setting.summary(task))
                .contains(NOTHING_APPLIED, "before anybody had decided")
                .doesNotContain("Files changed", "Waits for you", "approve");
        assertThat(setting.artifact(task).filesModifiedIn()).isEqualTo("copy");
    }

    @Test
    void of_one_that_is_rejected_nothing_is_said_to_be_changed() throws Exception {
        Task task = waiting();
        setting.journal.commit(new ApprovalEvent.ApprovalRejected(task.id(), 1, "cli", null));

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.REJECTED));

        assertThat(setting.summary(task)).contains(NOTHING_APPLIED).doesNotContain("Files changed");
        assertThat(setting.artifact(task).filesModifiedIn()).isEqualTo("copy");
    }

    @Test
    void of_one_that_fails_nothing_is_said_to_be_changed() throws Exception {
        Task task = setting.accept(task("safe").guarded().expects("b.txt"));

        setting.run(agent.writes("a.txt"), task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(setting.summary(task)).contains(NOTHING_APPLIED).doesNotContain("Files changed");
        assertThat(setting.artifact(task).filesModifiedIn()).isEqualTo("copy");
    }

    /** A change carries contents, and whether a file can be executed. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no permission bits")
    void one_that_only_changed_permissions_has_changed_nothing() throws Exception {
        Files.writeString(setting.project.resolve("a.txt"), "x");
        Task task = setting.accept(task("safe").type("bug_fix").guarded());
        agent.then((request, observer) -> {
            Files.setPosixFilePermissions(
                    request.directory().resolve("a.txt"), PosixFilePermissions.fromString("rw-------"));
            return ScriptedAgent.ended(null, "I mended it in a.txt.", "a.txt");
        });

        setting.run(agent, task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(setting.summary(task)).contains("changed no content that could be applied");
    }

    @Test
    void what_is_approved_is_changed() throws Exception {
        Task task = waiting();
        setting.journal.commit(new ApprovalEvent.ApprovalGranted(task.id(), 1, "cli", List.of()));

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(setting.summary(task)).contains("## Files changed\n\n- added `a.txt`");
        assertThat(setting.artifact(task).filesModifiedIn()).isEqualTo("directory");
        assertThat(setting.project.resolve("a.txt")).exists();
    }

    @Test
    void whoever_goes_on_is_not_told_of_changes_that_are_nowhere() throws Exception {
        Task task = waiting();
        setting.end(task, TaskStatus.CANCELLED, null);

        assertThat(new ContextLoader(setting.artifacts, () -> 3_000).of(task.id(), 2, List.of()))
                .contains("Changed only in a copy, which is gone: a.txt (added)");
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
