package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelWatchTest {
    private final ScriptedAgent agent = new ScriptedAgent();
    private PipelineHome setting;
    private Path git;
    private Task watched;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
        git = Files.createDirectory(setting.project.resolve(".git"));
    }

    @Test
    void what_makes_git_run_programs_is_watched_when_the_repository_may_run_commands_of_its_own() throws Exception {
        Files.writeString(setting.project.resolve(".mcp.json"), "{}");
        assertThat(ofOneThatChangesGit("trusted"))
                .extracting(Artifact.Violation::tool, Artifact.Violation::target)
                .containsExactly(tuple("sentinel", git.resolve("config").toString()));
    }

    @Test
    void without_any_commands_it_is_not() throws Exception {
        assertThat(ofOneThatChangesGit("off")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"/etc", "\0\0\0\0\0\0\0\0"})
    void when_nobody_can_tell_what_was_changed_that_is_told(String damaged) throws Exception {
        assertThat(ofOneWhoseRecordBecomes(damaged))
                .singleElement()
                .satisfies(each -> assertThat(each.tool()).isEqualTo("sentinel"))
                .satisfies(each -> assertThat(each.reason()).contains("nobody can tell"));
    }

    @Test
    void when_the_record_is_gone_that_is_told_and_fails_a_task_that_may_change_nothing_of_it() throws Exception {
        setting.watched = new RunLimits.Watched(List.of(setting.home.settings()), true);

        assertThat(ofOneWhoseRecordBecomes(null)).hasSize(1);

        Failure failure = setting.artifact(watched).error();
        assertThat(failure).isNotNull();
        assertThat(failure.message()).contains("sentinels.json: ", "nobody can tell");
    }

    private List<Artifact.Violation> ofOneWhoseRecordBecomes(@Nullable String text) throws Exception {
        watched = setting.accept(task("watched").type("analyze").allows("Bash(mvn *)"));
        agent.then((request, observer) -> {
            Path record = request.files().sentinels();
            if (text == null) {
                Files.delete(record);
            } else {
                Files.writeString(record, text);
            }
            return done("off");
        });

        setting.run(agent, watched);

        return violations(watched);
    }

    private List<Artifact.Violation> ofOneThatChangesGit(String projectConfig) throws Exception {
        Task task = setting.accept(task("git").type("analyze"));
        agent.then((request, observer) -> {
            Files.writeString(git.resolve("config"), "[core]\n");
            return done(projectConfig);
        });

        setting.run(agent, task);

        return violations(task);
    }

    private List<Artifact.Violation> violations(Task task) throws IOException {
        return setting.artifact(task).security().violations();
    }

    private static AgentResult done(String projectConfig) {
        return new AgentResult.Ended(
                null,
                new AgentReport(
                        "All is well.",
                        null,
                        "1.0",
                        null,
                        null,
                        1,
                        null,
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        0,
                        "none",
                        projectConfig,
                        "completed",
                        0,
                        Duration.ofMillis(5),
                        true));
    }
}
