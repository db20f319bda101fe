package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local model leads the real CLI step by step. */
class RealCliCoordinatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private Path real;
    private Path file;

    @BeforeEach
    void lay_out() throws IOException {
        real = temp.toRealPath();
        file = Files.createDirectories(real.resolve("home/shop")).resolve("price.txt");
        Files.writeString(file, "3 dollars\n");
    }

    /** Leads by what it is told: looks, has the agent look, has it change, and calls it done when it sees the change. */
    private static final class Lead extends Dispatcher {
        private final List<JsonNode> questions = Collections.synchronizedList(new ArrayList<>());
        private final String capabilities;

        Lead(String... capabilities) {
            this.capabilities = String.join("\",\"", capabilities);
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            if (request.getUrl().encodedPath().equals("/api/show")) {
                return says("{\"capabilities\":[\"" + capabilities + "\"]}");
            }
            try {
                JsonNode question = JSON.readTree(request.getBody().utf8());
                if (!question.has("tools")) {
                    return says("{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"load\"}");
                }
                questions.add(question);
                return next(question.at("/messages/1/content").asText());
            } catch (IOException e) {
                return new MockResponse.Builder().code(500).build();
            }
        }

        private static MockResponse next(String told) {
            if (!told.contains("What was done so far")) {
                return call("read_file", "path", "price.txt");
            }
            if (!told.contains("run_agent")) {
                return run("Find every place where a price stands.", true);
            }
            if (!told.contains("price.txt (modified)")) {
                return run("Change the price in price.txt to euros.", false);
            }
            return call("finish", "report", "All prices are in euros.");
        }

        private static MockResponse run(String instructions, boolean readOnly) {
            ObjectNode arguments = JSON.createObjectNode().put("instructions", instructions);
            return call("run_agent", arguments.put("read_only", readOnly));
        }

        private static MockResponse call(String tool, String name, String value) {
            return call(tool, JSON.createObjectNode().put(name, value));
        }

        private static MockResponse call(String tool, ObjectNode arguments) {
            ObjectNode line =
                    JSON.createObjectNode().put("model", "m").put("done", true).put("done_reason", "stop");
            ObjectNode message =
                    line.putObject("message").put("role", "assistant").put("content", "");
            ObjectNode function = message.putArray("tool_calls").addObject().putObject("function");
            function.put("name", tool).set("arguments", arguments);
            return says(line.toString());
        }

        private static MockResponse says(String body) {
            return new MockResponse.Builder().body(body + "\n").build();
        }
    }

    private OrchestratorRun run(ScriptedApi api, MockWebServer ollama) throws IOException {
        ollama.start(InetAddress.getLoopbackAddress(), 0);
        OrchestratorRun run = new OrchestratorRun(real, api)
                .set("ollama.url", "127.0.0.1:" + ollama.getPort())
                .set("ollama.model", "m");
        run.drop("price", "Show all prices in euros.", "cwd: shop", "type: bug_fix", "coordinator: true");
        return run;
    }

    @Test
    void each_step_is_decided_by_what_the_last_one_came_to_and_all_of_it_is_on_record() throws Exception {
        Lead lead = new Lead("completion", "tools");
        try (ScriptedApi api = ScriptedApi.start(script().tool("Read", Map.of("file_path", file.toString()))
                        .text("The only price stands in price.txt, line 1: 3 dollars.")
                        .tool("Write", Map.of("file_path", file.toString(), "content", "3 euros\n"))
                        .text("I changed the price in price.txt to 3 euros."));
                MockWebServer ollama = new MockWebServer()) {
            ollama.setDispatcher(lead);
            OrchestratorRun run = run(api, ollama);

            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.path("coordination").findValuesAsText("tool"))
                    .containsExactly("read_file", "run_agent", "run_agent", "finish");
            assertThat(artifact.at("/coordination/2/seen").asText()).contains("The only price stands in price.txt");
            assertThat(file).hasContent("3 euros");
            assertThat(run.events("price", "attempt_started")).hasSize(2);
            assertThat(run.events("price", "attempt_started")
                            .get(1)
                            .path("resumed")
                            .asBoolean())
                    .isTrue();
            assertThat(run.events("price", "coordinator_moved")).hasSize(4);
            assertThat(run.events("price", "mediator_asked").stream()
                            .map(event -> event.path("purpose").asText()))
                    .containsExactly("coordinate", "coordinate", "coordinate", "coordinate");
            assertThat(lead.questions.get(1).at("/messages/1/content").asText()).contains("price.txt:\n3 dollars");
            assertThat(api.requests().toString()).contains("Find every place where a price stands.");
        }
    }

    @Test
    void in_a_step_that_only_looks_the_agent_can_change_nothing() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(
                        script().tool("Write", Map.of("file_path", file.toString(), "content", "0 euros\n"))
                                .text("I was not allowed to change the price in price.txt.")
                                .tool("Write", Map.of("file_path", file.toString(), "content", "3 euros\n"))
                                .text("I changed the price in price.txt to 3 euros."));
                MockWebServer ollama = new MockWebServer()) {
            Lead lead = new Lead("completion", "tools");
            ollama.setDispatcher(lead);
            OrchestratorRun run = run(api, ollama);

            run.once();

            assertThat(run.artifact("price").path("status").asText()).isEqualTo("succeeded");
            assertThat(lead.questions.get(2).at("/messages/1/content").asText()).contains("Files changed so far: none");
            assertThat(file).hasContent("3 euros");
        }
    }

    @Test
    void a_model_that_cannot_use_tools_leads_nobody_and_the_agent_is_not_started() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("never"));
                MockWebServer ollama = new MockWebServer()) {
            ollama.setDispatcher(new Lead("completion"));
            OrchestratorRun run = run(api, ollama);

            run.once();

            JsonNode error = run.artifact("price").path("error");
            assertThat(error.path("category").asText()).isEqualTo("config");
            assertThat(error.path("message").asText())
                    .isEqualTo("the model m cannot use tools, which a coordinator has to");
            assertThat(run.events("price", "attempt_started")).isEmpty();
        }
    }
}
