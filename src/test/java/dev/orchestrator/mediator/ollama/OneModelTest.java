package dev.orchestrator.mediator.ollama;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.mediator.Errand;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Situation;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

class OneModelTest {
    /** Says nothing that anybody can use, so that each purpose is asked in all of its forms. */
    private static final Dispatcher USELESS = new Dispatcher() {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String body = request.getUrl().encodedPath().equals("/api/show")
                    ? "{\"capabilities\":[\"completion\",\"tools\",\"thinking\"]}"
                    : "{\"message\":{\"content\":\"{\"},\"done\":true,\"done_reason\":\"length\"}";
            return new MockResponse.Builder().body(body).build();
        }
    };

    /** Ollama loads a model anew for another context, and forgets it early for another keep-alive. */
    @Test
    void whatever_it_is_asked_the_model_is_loaded_in_the_same_way() throws Exception {
        ManualTime time = new ManualTime();
        RecordingSink journal = new RecordingSink(time);
        Errand errand = new Errand(new TaskId("t"), 1, new Cancellation());
        TaskBody body = new TaskBody("Our login is slow.", List.of(), List.of(), "");
        try (FakeOllama ollama = new FakeOllama()) {
            ollama.server.setDispatcher(USELESS);
            LocalModel model = ollama.model(time);
            OllamaMediator mediator = new OllamaMediator(
                    model,
                    new RuleMediator(),
                    new Templates(Path.of("no-templates")),
                    new OllamaMediator.Uses(true, true, true),
                    Redactor.SHAPES_ONLY,
                    journal,
                    time);
            model.warmUp(new Cancellation());
            mediator.understand(task("t").type(null).build().spec(), body, errand);
            mediator.answer("In euros or in dollars?", "Login", body, errand);
            mediator.judge(List.of("it is fast"), "It is fast.", List.of(), errand);
            mediator.summarize("Login", "It is fast. ".repeat(100), errand);
            new OllamaCoordinator(model, Redactor.SHAPES_ONLY, journal, time)
                    .next(new Situation("Login", true, List.of(), 3, false, "", ""), errand);

            List<JsonNode> questions = new ArrayList<>();
            while (questions.size() < ollama.asked() - 1) {
                JsonNode question = ollama.question();
                if (question.has("messages")) {
                    questions.add(question);
                }
            }
            assertThat(questions).hasSize(1 + 5 * 2 + 2);
            assertThat(questions).allSatisfy(question -> {
                assertThat(question.at("/options/num_ctx").intValue()).isEqualTo(4_096);
                assertThat(question.at("/options/num_predict").intValue()).isPositive();
                assertThat(question.path("keep_alive").textValue()).isEqualTo("600s");
                assertThat(question.path("shift").booleanValue()).isFalse();
                assertThat(question.path("truncate").booleanValue()).isFalse();
                assertThat(question.path("stream").booleanValue()).isTrue();
            });
        }
    }
}
