package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentinelWatchTest {
    private final ScriptedAgent agent = new ScriptedAgent();
    private PipelineHome setting;
    private Path git;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
        git = Files.createDirectory(setting.project.resolve(".git"));
    }

    @Test
    void what_makes_git_run_programs_is_watched_when_the_repository_may_run_commands_of_its_own() throws Exception {
        assertThat(ofOneThatChangesGit("trusted"))
                .extracting(Artifact.Violation::tool, Artifact.Violation::target)
                .containsExactly(tuple("sentinel", git.resolve("config").toString()));
    }

    @Test
    void without_any_commands_it_is_not() throws Exception {
        assertThat(ofOneThatChangesGit("off")).isEmpty();
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
