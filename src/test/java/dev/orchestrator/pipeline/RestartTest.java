package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.claude.ClaudeAgent;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.ClaudeProgram;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.AttemptEvent.AttemptFinished;
import dev.orchestrator.task.AttemptEvent.AttemptStarted;
import dev.orchestrator.task.AttemptEvent.RunStarted;
import dev.orchestrator.task.AttemptEvent.SecurityViolation;
import dev.orchestrator.task.AttemptEvent.ToolUsed;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.DaemonEvent.DaemonStarted;
import dev.orchestrator.task.DaemonEvent.DaemonStopped;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskEvent.ArtifactWritten;
import dev.orchestrator.task.TaskEvent.StepStarted;
import dev.orchestrator.task.TaskEvent.TaskFinished;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.testkit.Guards;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a daemon does about a task that an earlier one left at a certain point. The program of the agent is not there, so that
 * whoever starts it again gets a failure instead of the result that is on disk.
 */
class RestartTest {
    private static final String SESSION = "a-session";

    private PipelineHome setting;
    private RunFiles files = new RunFiles(Path.of(""), 1, 1);

    @TempDir
    Path temp;

    @BeforeEach
    void lay_out() throws IOException {
        setting = new PipelineHome(temp);
    }

    @Test
    void an_attempt_that_is_over_by_the_journal_is_not_run_again() throws Exception {
        Task task = left("read-only", "analyze");
        journal(finished(task, null));

        Outcome outcome = setting.run(agentThatIsGone(), task);

        assertThat(outcome).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertResultIsTaken(task);
        assertThat(count(AttemptFinished.class)).isEqualTo(1);
    }

    /** Nothing syncs what an agent prints; the journal may have come to the disk before it when the power went. */
    @Test
    void a_result_that_the_journal_knows_and_that_is_lost_is_asked_for_again() throws Exception {
        Task task = left("read-only", "analyze");
        journal(finished(task, null));

        setting.run(new ScriptedAgent().says("All is well."), task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(setting.artifact(task).attempt()).isEqualTo(2);
    }

    @Test
    void work_that_ended_without_a_word_is_not_asked_for_again() throws Exception {
        Task task = left("read-only", "analyze");
        silence();
        journal(finished(task, null));

        setting.run(agentThatIsGone(), task);

        assertThat(count(AttemptStarted.class)).isEqualTo(1);
        assertThat(setting.artifact(task).attempt()).isEqualTo(1);
    }

    private void silence() throws IOException {
        String stream = Files.readString(files.stream());
        Files.writeString(files.stream(), stream.replaceAll("\"result\":\"(\\\\.|[^\"\\\\])*\"", "\"result\":\"\""));
    }

    @Test
    void work_that_is_done_is_not_thrown_away_because_its_template_was_removed() throws Exception {
        Task task = left("read-only", "removed");
        journal(finished(task, null));

        assertThat(setting.run(agentThatIsGone(), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertResultIsTaken(task);
    }

    @Test
    void work_that_changed_nothing_is_no_success_because_its_text_is_unusable() throws Exception {
        Task task = left("read-only", "bug_fix");
        journal(finished(task, null));
        setting.textIsUnusable = true;

        assertThat(setting.run(agentThatIsGone(), task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        assertThat(setting.artifact(task).error().category()).isEqualTo(FailureCategory.VALIDATION);
    }

    @Test
    void a_result_that_cannot_be_read_for_a_moment_is_taken_when_it_can() throws Exception {
        Task task = left("read-only", "analyze");
        ScriptedAgent agent = new ScriptedAgent();
        agent.runs(1, ScriptedAgent.report("All is well."));
        agent.cannotBeReadOnce();

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(count(AttemptStarted.class)).isEqualTo(1);
    }

    @Test
    void a_run_at_work_is_followed_though_its_template_was_removed_and_no_other_is_begun() throws Exception {
        Task followed = left("read-only", "removed", "followed");
        ScriptedAgent agent = new ScriptedAgent();
        agent.runs(1, ScriptedAgent.report("All is well."));
        assertThat(setting.run(agent, followed)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.stopped).isEmpty();

        Task gone = left("read-only", "removed", "gone");
        Files.delete(files.stream());
        assertThat(setting.run(new ScriptedAgent(), gone)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        assertThat(setting.artifact(gone).error().message()).contains("there is no template `removed`");
    }

    @Test
    void of_a_run_that_is_gone_without_a_result_its_tools_are_told_once_and_what_it_cost_is_known() throws Exception {
        Task task = left("read-only", "analyze");
        List<String> lines = Files.readAllLines(files.stream());
        List<String> cut = lines.stream()
                .filter(line -> !line.contains("\"type\":\"result\""))
                .toList();
        long tools = cut.stream()
                .filter(line -> line.contains("\"type\":\"tool_result\""))
                .count();
        Files.write(files.stream(), cut);

        setting.run(agentThatIsGone(), task);

        assertThat(tools).isPositive();
        assertThat(count(ToolUsed.class)).isEqualTo(tools);
        AttemptFinished lost = setting.journal.events(AttemptFinished.class).get(0);
        assertThat(lost.lost()).isTrue();
        assertThat(lost.costUsd()).isPositive();
    }

    @Test
    void machines_that_go_down_after_orderly_stops_are_held_against_no_task() throws Exception {
        Task task = setting.accept(task("nightly"));
        ScriptedAgent agent = new ScriptedAgent();
        Outcome last = null;
        for (int boot = 0; boot < 5; boot++) {
            journal(new DaemonStarted("1", 1, 1));
            agent.then((request, observer) -> {
                observer.started(4711, setting.time.now(), false);
                return new AgentResult.LeftRunning();
            });
            last = setting.run(agent, task);
            journal(new DaemonStopped("signal", List.of(task.id())));
        }
        assertThat(last).isEqualTo(new Outcome.LeftForNextStart());
        assertThat(agent.requests()).hasSize(5);
    }

    @Test
    void a_resumed_run_that_is_taken_over_is_known_for_one() throws Exception {
        Task task = setting.accept(task("resumed"));
        journal(
                new StepStarted(task.id(), 1, Step.EXECUTE),
                new AttemptStarted(task.id(), 1, 1, "claude", SESSION, true, null, null),
                new RunStarted(task.id(), 1, 1, Integer.MAX_VALUE, setting.time.now(), false));
        ScriptedAgent agent = new ScriptedAgent();
        agent.runs(1, ScriptedAgent.report("Done."));

        setting.run(agent, task);

        assertThat(agent.takenOver())
                .singleElement()
                .satisfies(request -> assertThat(request.resume()).isTrue());
    }

    @Test
    void a_run_whose_records_are_lost_with_their_directory_has_a_successor() throws Exception {
        Task task = left("read-only", "analyze");
        Files.delete(files.stream());
        Files.delete(files.stderr());
        Files.delete(files.directory());

        setting.run(new ScriptedAgent().says("All is well."), task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void of_a_retry_of_which_only_the_first_line_reached_the_disk_the_next_attempt_follows() throws Exception {
        Task task = left("read-only", "analyze");
        Instant later = setting.time.now().plusSeconds(60);
        Failure overloaded = Failure.of(FailureCategory.OVERLOADED, "try later");
        journal(new AttemptFinished(task.id(), 1, 1, overloaded, false, 1, 900, 2, null, later, null));

        TaskView view = setting.journal.state().active(task.id()).orElseThrow();
        assertThat(view.status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(view.notBefore()).isEqualTo(later);

        setting.run(new ScriptedAgent().says("All is well."), task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(count(AttemptStarted.class)).isEqualTo(2);
    }

    @Test
    void a_failure_that_the_journal_knows_stays_the_result() throws Exception {
        Task task = left("read-only", "analyze");
        journal(finished(task, Failure.of(FailureCategory.BUDGET, "too dear")));

        assertThat(setting.run(agentThatIsGone(), task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));

        Failure error = setting.artifact(task).error();
        assertThat(error).isNotNull();
        assertThat(error.category()).isEqualTo(FailureCategory.BUDGET);
        assertThat(count(AttemptStarted.class)).isEqualTo(1);
    }

    @Test
    void an_attempt_whose_end_nobody_saw_is_taken_from_its_stream() throws Exception {
        Task task = left("read-only", "analyze");

        Outcome outcome = setting.run(agentThatIsGone(), task);

        assertThat(outcome).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertResultIsTaken(task);
        assertThat(count(AttemptFinished.class)).isEqualTo(1);
    }

    @Test
    void what_was_told_before_the_restart_is_not_told_again() throws Exception {
        Task told = left("read-only", "analyze");
        setting.run(agentThatIsGone(), told);
        long tools = count(ToolUsed.class);
        assertThat(tools).isPositive();

        Task again = left("read-only", "analyze", "again");
        for (int i = 0; i < tools; i++) {
            journal(new ToolUsed(again.id(), 1, 1, "Read", "a", true));
        }
        setting.run(agentThatIsGone(), again);

        assertThat(count(ToolUsed.class)).isEqualTo(2 * tools);
    }

    @Test
    void the_change_of_a_run_that_ended_between_two_daemons_is_seen() throws Exception {
        Task task = left("edit", "bug_fix");
        new WorkingDirectory(directory -> new ManifestScanner(List.of())).remember(setting.project, files);
        Files.writeString(setting.project.resolve("a.txt"), "changed meanwhile");

        setting.run(agentThatIsGone(), task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(artifact.filesModified()).extracting("path").containsExactly("a.txt");
        assertThat(artifact.filesUnread()).isEmpty();
    }

    @Test
    void a_large_picture_of_the_directory_is_not_kept() throws Exception {
        Task task = left("edit", "bug_fix");
        Files.createDirectories(files.directory());
        Files.write(files.before(), new byte[100_000]);

        setting.run(agentThatIsGone(), task);

        assertThat(setting.artifact(task).filesUnread()).containsExactly(".");
        assertThat(files.before()).doesNotExist();
    }

    @Test
    void when_the_state_before_is_lost_no_change_is_denied() throws Exception {
        Task task = left("read-only", "analyze");

        setting.run(agentThatIsGone(), task);

        assertThat(setting.artifact(task).filesUnread()).containsExactly(".");
    }

    @Test
    void an_artifact_that_was_published_just_before_is_announced_and_stays_as_it_is() throws Exception {
        Task task = left("read-only", "analyze");
        Path elsewhere = temp.resolve("before");
        Files.createDirectory(elsewhere);
        PipelineHome before = new PipelineHome(elsewhere);
        Task same = before.accept(task("left").type("analyze"));
        before.run(new ScriptedAgent().says("Published."), same);
        Files.copy(before.home.artifact(same.id()), setting.home.artifact(task.id()));

        assertThat(setting.run(agentThatIsGone(), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(setting.artifact(task).result()).isEqualTo("Published.");
        assertThat(count(ArtifactWritten.class)).isEqualTo(1);
        assertThat(count(AttemptStarted.class)).isEqualTo(1);
        assertThat(setting.home.processed(task.id(), TaskStatus.SUCCEEDED)).exists();
    }

    @Test
    void what_a_run_has_left_loses_its_secrets_also_when_the_daemon_died_behind_the_artifact() throws Exception {
        Task task = left("read-only", "analyze");
        String said = "{\"said\":\"ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8\"}\n";
        List<Path> records = List.of(files.stream(), files.stderr(), files.prompt());
        for (Path record : records) {
            Files.writeString(record, said);
        }
        PipelineHome before = new PipelineHome(Files.createDirectory(temp.resolve("before")));
        Task same = before.accept(task("left").type("analyze"));
        before.run(new ScriptedAgent().says("Published."), same);
        Files.copy(before.home.artifact(same.id()), setting.home.artifact(task.id()));

        assertThat(setting.run(agentThatIsGone(), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));

        assertThat(records).allSatisfy(record -> assertThat(record).hasContent("{\"said\":\"[redacted]\"}\n"));
    }

    @Test
    void what_a_person_changed_between_the_picture_and_the_start_is_not_the_agents() throws Exception {
        Task task = setting.accept(task("left").type("bug_fix"));
        files = new RunFiles(setting.home.runs(task.id()), 1, 1);
        new WorkingDirectory(directory -> new ManifestScanner(List.of())).remember(setting.project, files);
        Files.writeString(setting.project.resolve("a.txt"), "by a person");

        setting.run(new ScriptedAgent().says("Done."), task);

        assertThat(setting.artifact(task).filesModified()).isEmpty();
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.FAILED);
    }

    /** A power cut can tear the last events of a task apart. */
    @Test
    void a_turn_whose_end_is_in_the_journal_and_whose_task_s_is_not_is_ended_without_running_again() throws Exception {
        Task task = setting.accept(task("torn"));
        setting.journal.lose(TaskEvent.TaskFinished.class);
        setting.run(new ScriptedAgent().says("Done."), task);
        setting.journal.lose(null);

        assertThat(setting.run(new ScriptedAgent(), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(setting.journal.state().snapshot().totals().impossibleTransitions())
                .isZero();
    }

    @Test
    void a_task_that_takes_the_daemon_down_three_times_before_any_agent_fails_and_is_not_tried_again()
            throws Exception {
        Task task = setting.accept(task("deadly"));
        for (int i = 0; i < 4; i++) {
            setting.journal.commit(new DaemonEvent.DaemonStarted("1", 1, 1));
            setting.journal.commit(new TaskEvent.StepStarted(task.id(), 1, Step.PARSE));
        }
        assertThat(setting.run(new ScriptedAgent(), task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        assertThat(setting.artifact(task).error().message()).contains("went down 3 times");
    }

    @Test
    void the_records_of_an_earlier_task_with_this_id_are_not_taken_for_its_own() throws Exception {
        Path runs = setting.home.runs(new TaskId("left"));
        Files.createDirectories(runs);
        Files.createDirectories(runs.resolveSibling("left.1"));
        Files.copy(Path.of("src/test/resources/streams/read-only.ndjson"), new RunFiles(runs, 1, 1).stream());
        Task task = setting.accept(task("left").type("analyze"));
        ScriptedAgent dies = new ScriptedAgent().then((request, observer) -> {
            throw new IllegalStateException("the daemon dies before the process exists");
        });
        assertThatThrownBy(() -> setting.run(dies, task)).hasMessageContaining("the daemon dies");

        assertThat(setting.run(agentThatIsGone(), task)).isInstanceOf(Outcome.RetryAt.class);

        assertThat(new RunFiles(runs.resolveSibling("left.2"), 1, 1).stream()).exists();
        assertThat(setting.journal.events(AttemptFinished.class).get(0).lost()).isTrue();
    }

    private void assertResultIsTaken(Task task) throws IOException {
        Artifact artifact = setting.artifact(task);
        assertThat(artifact.result()).isNotBlank();
        assertThat(artifact.attempts()).hasSize(1);
        assertThat(count(AttemptStarted.class)).isEqualTo(1);
        assertThat(count(ArtifactWritten.class)).isEqualTo(1);
        assertThat(count(TaskFinished.class)).isEqualTo(1);
        assertThat(count(SecurityViolation.class)).isZero();
    }

    /** A task whose first attempt was started, ran to its end and left {@code stream}; nobody has looked at it since. */
    private Task left(String stream, String type) throws IOException {
        return left(stream, type, "left");
    }

    private Task left(String stream, String type, String id) throws IOException {
        // One that can change something and did not would have to be one that need not, which its template says.
        Task task = type.equals("removed")
                ? setting.acceptReader(task(id).type(type))
                : setting.accept(task(id).type(type));
        files = new RunFiles(setting.home.runs(task.id()), 1, 1);
        Files.createDirectories(files.directory());
        String project = setting.project.toString().replace("\\", "\\\\");
        String recorded = Files.readString(Path.of("src/test/resources/streams", stream + ".ndjson"));
        Files.writeString(files.stream(), recorded.replace("\"/project", "\"" + project));
        Files.writeString(files.stderr(), "");
        journal(
                new StepStarted(task.id(), 1, Step.EXECUTE),
                new AttemptStarted(task.id(), 1, 1, "claude", SESSION, false, null, null),
                new RunStarted(task.id(), 1, 1, Integer.MAX_VALUE, setting.time.now(), false));
        return task;
    }

    private static AttemptFinished finished(Task task, @Nullable Failure failure) {
        return new AttemptFinished(task.id(), 1, 1, failure, false, 0, 900, 2, new BigDecimal("0.01"));
    }

    private void journal(Event... events) {
        setting.journal.commit(List.of(events));
    }

    private long count(Class<? extends Event> kind) {
        return setting.journal.events(kind).size();
    }

    private Agent agentThatIsGone() {
        return new ClaudeAgent(
                () -> new ClaudeOptions("no-such-program", List.of(), List.of(), null),
                new ClaudeProgram(new Programs(Map.of(), false)),
                new ProcessRunner(),
                Map.of(),
                Guards.absent(),
                Redactor.SHAPES_ONLY,
                setting.time);
    }
}
