package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local model stands between the user and the real CLI, and when it does not, the rules do. */
class RealCliMediationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private Path real;
    private Path file;

    @BeforeEach
    void lay_out() throws IOException {
        real = temp.toRealPath();
        file = Files.createDirectories(real.resolve("home/shop")).resolve("price.txt");
    }

    /** A model that understands, answers and sums up as a good one would. */
    private static final class Model extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String body = request.getBody() == null ? "" : request.getBody().utf8();
            if (body.contains("\"messages\":[]")) {
                return says("");
            }
            if (body.contains("asks a question")) {
                return says("{\"known\":true,\"quote\":\"All prices are in euros\",\"answer\":\"In euros.\"}");
            }
            if (body.contains("sum up reports")) {
                return says("{\"text\":\"The price is in euros now.\"}");
            }
            return says("{\"type\":\"bug_fix\",\"title\":\"price in shop\",\"files\":[\"price.txt\"]}");
        }

        private static MockResponse says(String content) {
            var line =
                    JSON.createObjectNode().put("model", "m").put("done", true).put("done_reason", "stop");
            line.putObject("message").put("role", "assistant").put("content", content);
            return new MockResponse.Builder().body(line + "\n").build();
        }
    }

    private static int nobodyThere() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private OrchestratorRun run(ScriptedApi api, int ollama) throws IOException {
        return new OrchestratorRun(real, api)
                .set("ollama.url", "127.0.0.1:" + ollama)
                .set("ollama.model", "m");
    }

    private static void drop(OrchestratorRun run) throws IOException {
        run.drop("price", "The price in our shop, see price.txt, is off. All prices are in euros.", "cwd: shop");
    }

    @Test
    @EffectOf({"ollama.url", "ollama.model"})
    void it_understands_answers_and_sums_up_and_each_time_is_on_record() throws Exception {
        String report = "I set the price to 3 euros in price.txt, as the task wants it. ".repeat(15);
        try (ScriptedApi api = ScriptedApi.start(script().text("QUESTION: In euros or in dollars?")
                        .tool("Write", Map.of("file_path", file.toString(), "content", "3 euros\n"))
                        .text(report));
                MockWebServer ollama = new MockWebServer()) {
            ollama.setDispatcher(new Model());
            ollama.start(InetAddress.getLoopbackAddress(), 0);
            OrchestratorRun run = run(api, ollama.getPort());
            drop(run);

            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.path("type").asText()).isEqualTo("bug_fix");
            assertThat(artifact.at("/parser/mode").asText()).isEqualTo("llm");
            assertThat(artifact.at("/parser/steps/0").asText()).isEqualTo("schema: answered");
            assertThat(artifact.path("summary").asText()).isEqualTo("The price is in euros now.");
            assertThat(artifact.path("summary_by").asText()).isEqualTo("m");
            assertThat(artifact.path("conversation").findValuesAsText("role"))
                    .containsExactly("user", "agent", "mediator", "agent");
            assertThat(run.events("price", "mediator_asked").stream()
                            .map(event -> event.path("purpose").asText()))
                    .containsExactly("parse", "answer", "summary");
            assertThat(run.events("price", "attempt_started")).hasSize(2);
            assertThat(api.requests().toString()).contains("All prices are in euros");
            assertThat(Files.readString(run.home.summary(new dev.orchestrator.task.TaskId("price"))))
                    .contains("## In short", "(summed up by m)");
        }
    }

    @Test
    void without_a_model_that_answers_the_task_is_done_all_the_same() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("QUESTION: Shall I proceed?")
                .tool("Write", Map.of("file_path", file.toString(), "content", "3 euros\n"))
                .text("Done."))) {
            OrchestratorRun run = run(api, nobodyThere());
            drop(run);

            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.at("/parser/mode").asText()).isEqualTo("rules");
            assertThat(artifact.at("/parser/steps/0").asText()).startsWith("schema: nobody answers at");
            assertThat(run.events("price", "question_answered")
                            .get(0)
                            .path("by")
                            .asText())
                    .isEqualTo("rules");
        }
    }
}
