package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentResult;
import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactBuilderTest {
    private static final Failure CRASH = Failure.of(FailureCategory.CRASH, "it crashed");

    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
    }

    @Test
    void a_task_that_never_ran_claims_nothing() throws Exception {
        Task task = setting.accept(task("never").type("bug_fix"));

        setting.end(task, TaskStatus.CANCELLED, null);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(artifact.success()).isFalse();
        assertThat(artifact.attempt()).isZero();
        assertThat(artifact.agent()).isNull();
        assertThat(artifact.startedAt()).isNull();
        assertThat(artifact.type()).isEqualTo("bug_fix");
        assertThat(artifact.validation().valid()).isNull();
        assertThat(artifact.filesModified()).isEmpty();
        assertThat(artifact.conversation()).isEmpty();
        assertThat(artifact.paths().transcript()).isNull();
    }

    @Test
    void a_failure_says_what_happened_and_what_to_do() throws Exception {
        Task task = setting.accept(task("dear"));
        Failure failure = Failure.of(FailureCategory.BUDGET, "too dear");

        setting.run(agent.fails(failure), task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.error()).isEqualTo(failure);
        assertThat(artifact.summary()).isEqualTo("too dear");
        assertThat(artifact.suggestedActions()).containsExactly(failure.suggestedAction());
        assertThat(artifact.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.category()).isEqualTo(FailureCategory.BUDGET));
    }

    @Test
    void the_summary_is_the_first_paragraph_and_the_conversation_has_both_sides() throws Exception {
        Task task = setting.accept(task("said").type("analyze"));

        setting.run(agent.says("It adds.\n\nAll is well."), task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.summary()).isEqualTo("It adds.");
        assertThat(artifact.result()).isEqualTo("It adds.\n\nAll is well.");
        assertThat(artifact.conversation())
                .extracting(Artifact.Message::role, Artifact.Message::content)
                .containsExactly(tuple("user", "Do it."), tuple("agent", "It adds.\n\nAll is well."));
    }

    @Test
    void a_secret_with_an_empty_line_in_it_is_hidden_before_the_summary_takes_the_first_paragraph() throws Exception {
        Task task = setting.accept(task("keys").type("analyze"));
        String key = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEvQIBADANBgkqhkiG9w0BAQ\n"
                + "-----END RSA PRIVATE KEY-----";

        setting.run(agent.says("It was " + key + " all the time.\n\nAll is well."), task);

        assertThat(setting.artifact(task).summary()).isEqualTo("It was [redacted] all the time.");
    }

    @Test
    void the_cost_is_of_all_attempts_and_the_denials_are_named() throws Exception {
        Task task = setting.accept(task("paid").type("analyze"));
        agent.then((request, observer) -> new AgentResult.Ended(CRASH, costing("0.10")))
                .then((request, observer) -> new AgentResult.Ended(null, costing("0.25")));

        setting.run(agent, task);
        setting.run(agent, task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.attempt()).isEqualTo(2);
        Artifact.AgentReport report = artifact.agent();
        assertThat(report).isNotNull();
        assertThat(report.costUsd()).isEqualByComparingTo("0.35");
        assertThat(report.permissionDenials()).containsExactly(new Artifact.Denial("WebFetch", "http://a.example/"));
        assertThat(report.usage()).containsEntry("input_tokens", 7L);
    }

    @Test
    void long_texts_are_cut_and_name_where_the_rest_is() throws Exception {
        Task task = setting.accept(task("long").type("analyze"));

        setting.run(agent.says("x".repeat(19_999) + "\uD83D\uDE00" + "y".repeat(10)), task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.result()).endsWith("x\n[... 12 more characters in the transcript]");
        assertThat(artifact.summary()).hasSizeLessThan(700);
        assertThat(artifact.paths().transcript()).isEqualTo("logs/runs/long/turn-1.attempt-1.stream.ndjson");
    }

    @Test
    void half_a_character_does_not_keep_the_artifact_from_being_written() throws Exception {
        Task task = setting.accept(task("half").type("analyze"));

        setting.run(agent.says("a\uD83Db"), task);

        assertThat(setting.artifact(task).result()).isEqualTo("a?b");
    }

    @Test
    void more_files_than_fit_are_counted() throws Exception {
        Task task = setting.accept(task("many"));
        agent.then((request, observer) -> {
            for (int i = 0; i < 1_001; i++) {
                Files.createFile(request.directory().resolve("f" + i));
            }
            return ScriptedAgent.ended(null, "Done.");
        });

        setting.run(agent, task);

        Artifact artifact = setting.artifact(task);
        assertThat(artifact.filesModified()).hasSize(1_000);
        assertThat(artifact.filesModifiedCount()).isEqualTo(1_001);
    }

    private static AgentReport costing(String usd) {
        return new AgentReport(
                "Done.",
                null,
                "1.0",
                "session",
                "model",
                2,
                new BigDecimal(usd),
                Map.of("input_tokens", 7L),
                List.of(new ToolCall("t", "WebFetch", "http://a.example/", false)),
                List.of(),
                List.of(),
                0,
                "none",
                "off",
                "completed",
                0,
                Duration.ofSeconds(1),
                true);
    }
}
