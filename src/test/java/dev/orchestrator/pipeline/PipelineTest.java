package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.guard.manifest.Scanners;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptEvent.AttemptFinished;
import dev.orchestrator.task.AttemptEvent.RetryScheduled;
import dev.orchestrator.task.AttemptEvent.SecurityViolation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.QuestionAsked;
import dev.orchestrator.task.TaskEvent.StepFinished;
import dev.orchestrator.task.TaskEvent.Validated;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
    }

    @Test
    void a_question_is_neither_valid_nor_invalid_work() throws Exception {
        Task task = setting.accept(task("ask").type("bug_fix"));

        Outcome outcome = setting.run(agent.says("I looked.\n\nWhich of the two files?"), task);

        assertThat(outcome).isEqualTo(new Outcome.Waiting(TaskStatus.AWAITING_REPLY));
        Artifact artifact = setting.artifact(task);
        assertThat(artifact.validation().valid()).isNull();
        assertThat(artifact.validation().checks()).isEmpty();
        assertThat(setting.summary(task)).contains("**awaiting_reply**").doesNotContain("## Checks", "change_made");
        assertThat(setting.journal.events(Validated.class)).isEmpty();
        assertThat(setting.journal.events(QuestionAsked.class)).hasSize(1);
    }

    @Test
    void a_directory_that_is_not_there_any_more_is_told_in_words_and_what_to_do() throws Exception {
        Task task = setting.accept(task("moved").type("bug_fix"));
        Path directory = Path.of(task.directory());
        Files.move(directory, directory.resolveSibling("elsewhere"));

        setting.run(agent.says("Done."), task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(artifact.error().message())
                .isEqualTo("the working directory " + directory + " is not there any more");
        assertThat(artifact.error().suggestedAction()).contains("Put the directory back", "`retry`", "`submit`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "code_review", "summarize", "bug_fix"})
    void a_marked_question_is_no_success_whatever_the_task_is(String type) throws Exception {
        Task task = setting.accept(task("ask").type(type));

        setting.run(agent.says("I looked.\n\nQUESTION: Which of the two branches is meant?"), task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.AWAITING_REPLY);
        assertThat(setting.journal.events(QuestionAsked.class))
                .singleElement()
                .satisfies(asked -> assertThat(asked.question()).isEqualTo("Which of the two branches is meant?"));
    }

    @Test
    void nothing_is_left_of_a_known_value_that_would_be_cut_with_a_question() throws Exception {
        String known = "host=db user=shop password=correct horse battery staple";
        setting.redactor = Redactor.of(Map.of("SHOP_SECRET", known), List.of());
        Task task = setting.accept(task("ask").type("bug_fix"));

        setting.run(agent.says("QUESTION: " + "x ".repeat(240) + known + "?"), task);

        assertThat(setting.journal.events(QuestionAsked.class))
                .singleElement()
                .satisfies(asked -> assertThat(asked.question()).endsWith("x [redacted]?"));
    }

    @Test
    void a_marked_question_after_an_edit_is_no_success_and_the_edit_is_told() throws Exception {
        Task task = setting.accept(task("ask").type("bug_fix"));
        agent.then((request, observer) -> {
            Files.writeString(request.directory().resolve("a.txt"), "x");
            return ScriptedAgent.ended(null, "I began.\nQUESTION: Which of the two next?", "a.txt");
        });

        setting.run(agent, task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.AWAITING_REPLY);
        assertThat(setting.artifact(task).filesModified()).extracting("path").containsExactly("a.txt");
    }

    /** A file where a directory should be stands for a disk that refuses. */
    @Test
    void a_result_that_cannot_be_written_waits_and_the_agent_is_not_run_again() throws Exception {
        Task task = setting.accept(task("later"));
        Files.delete(setting.home.summaries());
        Files.createFile(setting.home.summaries());

        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> run(agent.says("Done."), task));
        Await.until(Duration.ofSeconds(30), () -> setting.dispatch.told.contains("disk"));
        assertThat(outcome).as("it keeps its worker and its directory").isNotDone();
        Files.delete(setting.home.summaries());
        Files.createDirectory(setting.home.summaries());

        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(agent.requests()).hasSize(1);
    }

    @Test
    void a_task_that_is_over_is_not_ended_again() throws Exception {
        Task task = setting.accept(task("over"));
        setting.run(agent.says("Done."), task);

        assertThat(setting.end(task, TaskStatus.CANCELLED, null)).isInstanceOf(Outcome.Finished.class);
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void an_end_that_cannot_be_written_is_tried_again() throws Exception {
        Task task = setting.accept(task("later"));
        Files.delete(setting.home.summaries());
        Files.createFile(setting.home.summaries());

        assertThat(setting.end(task, TaskStatus.CANCELLED, null)).isInstanceOf(Outcome.RetryAt.class);
        Files.delete(setting.home.summaries());
        Files.createDirectory(setting.home.summaries());

        assertThat(setting.end(task, TaskStatus.CANCELLED, null)).isEqualTo(new Outcome.Finished(TaskStatus.CANCELLED));
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    void a_task_whose_file_cannot_be_put_away_is_over_all_the_same() throws Exception {
        Task task = setting.accept(task("stays"));
        Files.delete(setting.home.processed());
        Files.createFile(setting.home.processed());

        assertThat(setting.run(agent.says("Done."), task)).isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
        assertThat(setting.home.accepted(task.id())).exists();
    }

    @Test
    void a_run_that_failed_by_itself_was_not_judged() throws Exception {
        Task task = setting.accept(task("broken"));

        setting.run(agent.fails(Failure.of(FailureCategory.POLICY, "refused")), task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(setting.artifact(task).validation().valid()).isNull();
    }

    @Test
    void work_that_was_done_is_valid_and_work_that_was_not_is_invalid() throws Exception {
        Task done = setting.accept(task("done").type("bug_fix"));
        Task claimed = setting.accept(task("claimed").type("bug_fix"));

        setting.run(
                agent.then((request, observer) -> {
                    Files.writeString(request.directory().resolve("a.txt"), "x");
                    return ScriptedAgent.ended(null, "Done.", "a.txt");
                }),
                done);
        setting.run(agent.says("Done.", "a.txt"), claimed);

        assertThat(setting.artifact(done).validation().valid()).isTrue();
        assertThat(setting.artifact(done).status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(setting.artifact(claimed).validation().valid()).isFalse();
        assertThat(setting.artifact(claimed).status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void what_an_earlier_attempt_wrote_and_was_refused_belongs_to_the_turn() throws Exception {
        Task task = setting.accept(task("twice").type("bug_fix"));
        agent.then((request, observer) -> {
                    Files.writeString(request.directory().resolve("a.txt"), "x");
                    agent.refuse(request, observer, new ToolCall("t", "Write", "../outside.txt", false));
                    return ScriptedAgent.ended(Failure.of(FailureCategory.CRASH, "gone"), "", "a.txt");
                })
                .says("Nothing was left to do.");

        assertThat(setting.run(agent, task)).isInstanceOf(Outcome.RetryAt.class);
        setting.run(agent, task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(setting.journal.events(Validated.class).get(0).warnings()).isEmpty();
        assertThat(artifact.security().violations()).hasSize(1);
        assertThat(setting.journal.events(SecurityViolation.class)).hasSize(1);
    }

    @Test
    void the_end_of_an_attempt_says_itself_that_another_follows() throws Exception {
        Task task = setting.accept(task("twice").type("analyze"));
        agent.fails(Failure.of(FailureCategory.CRASH, "gone")).says("All is well.");

        Outcome.RetryAt retry = (Outcome.RetryAt) setting.run(agent, task);
        setting.run(agent, task);

        assertThat(setting.journal.events(AttemptFinished.class))
                .extracting(AttemptFinished::retryAt)
                .containsExactly(retry.notBefore(), null);
        assertThat(setting.journal.events(RetryScheduled.class)).hasSize(1);
    }

    @Test
    void a_step_is_finished_only_when_nothing_of_it_is_to_come() throws Exception {
        Task task = setting.accept(task("twice").type("analyze"));
        agent.fails(Failure.of(FailureCategory.CRASH, "gone")).says("All is well.");

        setting.run(agent, task);
        assertThat(setting.journal.events(StepFinished.class))
                .extracting(StepFinished::step)
                .containsExactly(Step.PARSE);

        setting.run(agent, task);
        assertThat(setting.journal.events(StepFinished.class))
                .extracting(StepFinished::step)
                .containsExactly(Step.PARSE, Step.PARSE, Step.EXECUTE, Step.VALIDATE);
    }

    @Test
    void what_others_change_before_a_retry_does_not_make_it_a_success() throws Exception {
        Task task = setting.accept(task("twice").type("bug_fix"));
        agent.fails(Failure.of(FailureCategory.CRASH, "gone")).says("Done.");

        assertThat(setting.run(agent, task)).isInstanceOf(Outcome.RetryAt.class);
        Files.writeString(setting.project.resolve("other.txt"), "by another task");
        setting.run(agent, task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(setting.artifact(task).filesModified()).isEmpty();
    }

    @Test
    void what_others_change_before_a_retry_does_not_make_it_a_failure() throws Exception {
        Task task = setting.accept(task("twice").type("analyze"));
        agent.fails(Failure.of(FailureCategory.CRASH, "gone")).says("All is well.");

        assertThat(setting.run(agent, task)).isInstanceOf(Outcome.RetryAt.class);
        Files.writeString(setting.project.resolve("other.txt"), "by another task");
        setting.run(agent, task);

        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void ignore_rules_that_one_attempt_wrote_hide_nothing_in_the_next() throws Exception {
        Files.createDirectories(setting.project.resolve(".git/info"));
        Files.writeString(setting.project.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Task task = setting.accept(task("twice").type("bug_fix"));
        agent.then((request, observer) -> {
            Files.writeString(setting.project.resolve(".git/info/exclude"), "*\n");
            Files.writeString(setting.project.resolve("first"), "1");
            return ScriptedAgent.ended(Failure.of(FailureCategory.CRASH, "gone"), "");
        });
        agent.then((request, observer) -> {
            Files.writeString(setting.project.resolve("first"), "22");
            Files.writeString(setting.project.resolve("second"), "1");
            return ScriptedAgent.ended(null, "All is well.");
        });

        setting.run(agent, task);
        setting.run(agent, task);

        assertThat(setting.artifact(task).filesModified())
                .extracting(file -> file.path() + " " + file.bytes())
                .containsExactly("first 2", "second 1");
    }

    @Test
    void a_task_that_claimed_to_read_gets_no_more_when_its_template_becomes_a_writing_one() throws Exception {
        Task task = setting.acceptReader(task("reader").type("bug_fix"));

        setting.run(agent.says("Done."), task);

        assertThat(agent.requests().get(0).access()).isEqualTo(Access.READ);
        assertThat(agent.requests().get(0).prompt()).contains("You may read, but not change, any file.");
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void a_task_that_claimed_to_write_only_reads_when_its_template_says_so_now() throws Exception {
        Task task = setting.accept(task("writer").type("analyze"));

        setting.run(agent.says("All is well."), task);

        assertThat(agent.requests().get(0).access()).isEqualTo(Access.READ);
    }

    @Test
    void the_artifact_names_the_agent_that_ran() throws Exception {
        Task task = setting.accept(task("named"));

        setting.run(agent.says("Done."), task);

        Artifact.AgentReport report = setting.artifact(task).agent();
        assertThat(report).isNotNull();
        assertThat(report.name()).isEqualTo("scripted");
    }

    @Test
    void where_nobody_could_look_is_in_the_artifact_the_summary_and_the_journal() throws Exception {
        Files.createDirectory(setting.project.resolve("closed"));
        Task task = setting.accept(task("look").type("analyze"));

        setting.run(agent.says("All is well."), Scanners.refused("closed"), task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(artifact.filesUnread()).containsExactly("closed");
        assertThat(artifact.validation().checks())
                .filteredOn(check -> check.name().equals("read_only"))
                .singleElement()
                .satisfies(check -> assertThat(check.verdict()).isEqualTo("unknown"));
        assertThat(setting.summary(task)).contains("read_only: unknown (warning): nothing changed", "closed");
        assertThat(setting.journal.events(Validated.class).get(0).warnings()).contains("read_only");
    }

    @Test
    void more_unread_places_than_anybody_reads_are_the_whole_directory() throws Exception {
        for (int i = 0; i < 101; i++) {
            Files.createDirectories(setting.project.resolve(i + "/closed"));
        }
        Task task = setting.accept(task("look").type("analyze"));

        setting.run(agent.says("All is well."), Scanners.refused("closed"), task);

        assertThat(setting.artifact(task).filesUnread()).containsExactly(".");
    }

    private Outcome run(ScriptedAgent scripted, Task task) {
        try {
            return setting.run(scripted, task);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
