package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.artifact.AcceptanceRun;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptEvent.AttemptStarted;
import dev.orchestrator.task.AttemptEvent.RunStarted;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Step;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.StepStarted;
import dev.orchestrator.task.TaskEvent.TaskParsed;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.Terms;
import dev.orchestrator.testkit.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a template says is decided once a turn, and reaches everybody who asks what the agent may do. */
class TemplateTermsTest {
    private static final Failure OVERLOADED = Failure.of(FailureCategory.OVERLOADED, "try later");

    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
    }

    @Test
    void what_a_template_says_reaches_the_agent_and_the_checks() throws Exception {
        template("""
                read_only: false
                tools: ["Bash(mvn *)"]
                expected_files: [made.txt]
                acceptance: [make check]
                max_turns: 7
                timeout: 45m
                idle_timeout: 10m
                model: sonnet
                """);
        Task task = setting.accept(mine().allows("WebSearch"));
        setting.run(agent.says("Done."), task);

        AgentRequest request = agent.requests().get(0);
        assertThat(request.allowedTools()).containsExactly("WebSearch", "Bash(mvn *)");
        assertThat(request.maxTurns()).isEqualTo(7);
        assertThat(request.model()).isEqualTo("sonnet");
        assertThat(request.clocks().total()).isEqualTo(Duration.ofMinutes(45));
        assertThat(request.clocks().idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(request.prompt()).contains("## Expected files\n\n- made.txt\n");
        assertThat(setting.dispatch.wished).isEqualTo("sonnet");
        assertThat(setting.artifact(task).error().message()).contains("made.txt");
    }

    @Test
    void its_acceptance_commands_are_run_and_told_of() throws Exception {
        template("read_only: false\nacceptance: [make check]\nacceptance_rounds: 0\n");
        setting.commands.red("no");
        Task task = setting.accept(mine());
        setting.run(agent.says("Done."), task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.error().category()).isEqualTo(FailureCategory.ACCEPTANCE);
        assertThat(artifact.acceptance()).extracting(AcceptanceRun::command).containsExactly("make check");
    }

    @Test
    void what_a_template_grants_while_a_task_waits_that_was_accepted_for_reading_it_does_not_get() throws Exception {
        template("read_only: false\ntools: [\"Bash(mvn *)\", mcp__db, WebSearch]\n");
        Task task = setting.acceptReader(mine());
        setting.run(agent.says("All is well."), task);

        assertThat(agent.requests().get(0).access()).isEqualTo(Access.READ);
        assertThat(agent.requests().get(0).allowedTools()).containsExactly("WebSearch");
    }

    @Test
    void a_reader_that_ends_with_a_question_has_answered_also_when_its_template_would_write_by_now() throws Exception {
        template("read_only: false\n");
        Task task = setting.acceptReader(mine());

        assertThat(setting.run(agent.says("It is the lock. Shall it be taken later?"), task))
                .isEqualTo(new Outcome.Finished(TaskStatus.SUCCEEDED));
    }

    @Test
    void a_task_that_was_accepted_for_reading_fails_when_its_template_has_programs_run_by_now() throws Exception {
        template("read_only: false\nacceptance: [make check]\n");
        Task task = setting.acceptReader(mine());

        assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));
        assertThat(setting.artifact(task).error().category()).isEqualTo(FailureCategory.CONFIG);
        assertThat(setting.artifact(task).error().message()).contains("templates/mine.md", "acceptance");
    }

    @Test
    void an_edit_counts_from_the_next_turn_on_and_not_from_the_next_attempt() throws Exception {
        template("read_only: false\n");
        Task task = setting.accept(mine());
        agent.fails(OVERLOADED);
        setting.run(agent, task);
        template("read_only: false\ntools: [\"Bash(mvn *)\"]\nmax_turns: 99\nexpects_change: true\n");
        agent.says("All is well.");
        setting.run(agent, task);

        assertThat(agent.requests()).hasSize(2);
        assertThat(agent.requests().get(1).allowedTools()).isEmpty();
        assertThat(agent.requests().get(1).maxTurns()).isNull();
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void a_run_that_is_taken_over_is_judged_by_what_it_was_begun_with_though_its_template_is_gone() throws Exception {
        Task task = setting.accept(mine());
        Terms begun = new Terms(Access.WRITE, false, List.of("Bash(mvn *)"), List.of(), null, null, null, null, null);
        begun(task, begun);
        agent.runs(1, ScriptedAgent.report("All is well."));
        setting.run(agent, task);

        assertThat(agent.takenOver()).isNotEmpty();
        assertThat(agent.takenOver().get(0).allowedTools()).containsExactly("Bash(mvn *)");
        assertThat(agent.takenOver().get(0).access()).isEqualTo(Access.WRITE);
        assertThat(setting.artifact(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void a_run_that_an_earlier_version_began_had_nothing_from_its_template() throws Exception {
        template("read_only: false\ntools: [\"Bash(mvn *)\"]\nmodel: opus\n");
        Task task = setting.accept(mine().allows("WebSearch"));
        begun(task, null);
        agent.runs(1, ScriptedAgent.report("All is well."));
        setting.run(agent, task);

        assertThat(agent.takenOver().get(0).allowedTools()).containsExactly("WebSearch");
        assertThat(agent.takenOver().get(0).model()).isNull();
    }

    @Test
    void a_secret_in_a_template_would_be_written_down_and_is_refused() throws Exception {
        String token = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345";
        template("read_only: false\nacceptance: [\"curl -H token=" + token + " x\"]\n");
        Task task = setting.accept(mine());
        setting.run(agent, task);

        assertThat(setting.artifact(task).error().message())
                .contains("templates/mine.md", "secret", "`acceptance`")
                .doesNotContain(token);
        assertThat(setting.journal.events(TaskParsed.class)).isEmpty();
    }

    @Test
    void the_terms_are_in_the_journal() throws Exception {
        template("read_only: false\ntools: [WebSearch]\n");
        setting.run(agent.says("Done."), setting.accept(mine()));

        assertThat(setting.journal.events(TaskParsed.class).get(0).terms())
                .satisfies(terms -> assertThat(terms.tools()).isEqualTo(List.of("WebSearch")));
    }

    /** A run of {@code task} that an earlier daemon left at work. */
    private void begun(Task task, @Nullable Terms terms) {
        setting.journal.commit(List.of(
                new StepStarted(task.id(), 1, Step.PARSE),
                new TaskParsed(task.id(), 1, "mine", "T", "rules", "named", 9, null, null, null, terms),
                new StepStarted(task.id(), 1, Step.EXECUTE),
                new AttemptStarted(task.id(), 1, 1, "scripted", "a-session", false, null, null),
                new RunStarted(task.id(), 1, 1, Integer.MAX_VALUE, setting.time.now(), false)));
    }

    private static TaskBuilder mine() {
        return task("t").type("mine");
    }

    private void template(String head) throws IOException {
        Files.createDirectories(setting.home.templates());
        Files.writeString(setting.home.templates().resolve("mine.md"), "---\n" + head + "---\nDo it well.\n");
    }
}
