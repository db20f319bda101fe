package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.mediator.ollama.LocalModel;
import dev.orchestrator.mediator.ollama.OllamaAddress;
import dev.orchestrator.mediator.ollama.OllamaClient;
import dev.orchestrator.mediator.ollama.OllamaCoordinator;
import dev.orchestrator.mediator.ollama.Reply;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.MediatorAsked;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.testkit.ollama.TinyModelServer;
import dev.orchestrator.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that wants a lead, and a real model that can lead nobody. */
@Tag("model")
class RealModelCoordinationTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    @Test
    void a_model_that_cannot_use_tools_is_refused_and_neither_it_nor_the_agent_does_anything() throws Exception {
        PipelineHome setting = new PipelineHome(temp);
        ScriptedAgent agent = new ScriptedAgent();
        RecordingSink journal = new RecordingSink(TimeSource.system());
        try (TinyModelServer server = TinyModelServer.start();
                OllamaClient client = new OllamaClient(
                        OllamaAddress.parse(server.url().toString()),
                        new OllamaClient.Patience(LONG, LONG, LONG, LONG))) {
            LocalModel model = new LocalModel(
                    client,
                    new LocalModel.Profile(server.model(), 2_048, Duration.ofMinutes(5), 1, LONG),
                    RandomGenerator.getDefault(),
                    TimeSource.system());
            setting.coordinator = new OllamaCoordinator(model, Redactor.SHAPES_ONLY, journal, TimeSource.system());
            Task task = setting.accept(task("t").coordinated());

            assertThat(setting.run(agent, task)).isEqualTo(new Outcome.Finished(TaskStatus.FAILED));

            Artifact artifact = setting.artifact(task);
            assertThat(artifact.error().category()).isEqualTo(FailureCategory.CONFIG);
            assertThat(artifact.error().message())
                    .isEqualTo("the model ato-tiny:latest cannot use tools, which a coordinator has to");
            assertThat(artifact.error().suggestedAction()).contains("ollama show", "remove `coordinator`");
            assertThat(artifact.coordination()).isEmpty();
            assertThat(agent.requests()).isEmpty();
            assertThat(journal.events(MediatorAsked.class)).isEmpty();
            assertThat(client.loaded())
                    .as("a question would have loaded it")
                    .isEqualTo(new Reply.Answered<>(List.of()));
        }
    }
}
