package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.testkit.EffectOf;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the local model is asked, and how, from the settings to what comes to its server. */
@Timeout(50)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agents are shell scripts")
class ModelSettingsEffectTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MockWebServer server = new MockWebServer();
    private final Model model = new Model();
    private SettingsLab lab;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        server.setDispatcher(model);
        server.start(InetAddress.getLoopbackAddress(), 0);
        lab = new SettingsLab(temp)
                .set("ollama.url", "127.0.0.1:" + server.getPort())
                .set("ollama.model", "llama3.2");
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Answers as it is told to; whoever only has it loaded is answered at once. */
    private static final class Model extends Dispatcher {
        final List<JsonNode> questions = Collections.synchronizedList(new ArrayList<>());
        volatile MockResponse always = says("{\"type\":\"analyze\",\"title\":\"look\",\"files\":[]}");
        volatile boolean leads;
        volatile CountDownLatch atOnce = new CountDownLatch(0);
        /** Whether a question waited in vain for others. */
        volatile boolean alone;

        @Override
        public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getUrl().encodedPath().equals("/api/show")) {
                return new MockResponse.Builder()
                        .body("{\"capabilities\":[\"tools\"]}\n")
                        .build();
            }
            JsonNode question = read(request);
            if (question.path("messages").isEmpty()) {
                return says("");
            }
            questions.add(question);
            atOnce.countDown();
            if (!atOnce.await(10, TimeUnit.SECONDS)) {
                alone = true;
            }
            return leads ? run(questions.size()) : always;
        }

        private static JsonNode read(RecordedRequest request) {
            try {
                return JSON.readTree(request.getBody().utf8());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        static MockResponse says(String content) {
            ObjectNode line = line();
            line.putObject("message").put("role", "assistant").put("content", content);
            return new MockResponse.Builder().body(line + "\n").build();
        }

        /** Never the same twice. */
        private static MockResponse run(int number) {
            ObjectNode line = line();
            ObjectNode function = line.putObject("message")
                    .put("role", "assistant")
                    .put("content", "")
                    .putArray("tool_calls")
                    .addObject()
                    .putObject("function");
            function.put("name", "run_agent")
                    .putObject("arguments")
                    .put("instructions", "Look at part " + number + " of it.")
                    .put("read_only", true);
            return new MockResponse.Builder().body(line + "\n").build();
        }

        private static ObjectNode line() {
            return JSON.createObjectNode()
                    .put("model", "llama3.2")
                    .put("done", true)
                    .put("done_reason", "stop");
        }
    }

    /** Of no type, so that somebody has to say what it is. */
    private void dropPlain(String id, String text) throws IOException {
        Files.createDirectories(lab.home.root().resolve(id));
        lab.file(id, "id: " + id + "\ncwd: " + id, text);
    }

    private List<String> purposes() throws IOException {
        return lab.events("mediator_asked").stream()
                .map(event -> event.path("purpose").asText())
                .toList();
    }

    @Test
    @EffectOf({"ollama.url", "ollama.model", "ollama.num_ctx", "ollama.keep_alive"})
    void it_is_asked_where_and_as_the_settings_say() throws Exception {
        lab.set("ollama.num_ctx", "16384").set("ollama.keep_alive", "30m");
        dropPlain("plain", "Look.");
        assertThat(lab.once().succeeded()).isEqualTo(1);

        JsonNode question = model.questions.get(0);
        assertThat(question.path("model").asText()).isEqualTo("llama3.2");
        assertThat(question.at("/options/num_ctx").asInt()).isEqualTo(16_384);
        assertThat(question.path("keep_alive").asText()).isEqualTo("1800s");
    }

    @Test
    @EffectOf({"ollama.briefs", "ollama.summaries", "ollama.judge"})
    void it_is_asked_for_what_is_wanted_of_it() throws Exception {
        String text = "MARK-LONG Look.\n\n## Success Criteria\n\n- It was looked at.";
        dropPlain("usual", text);
        lab.once();
        assertThat(purposes()).contains("parse", "summary", "judge").doesNotContain("brief");
        int before = purposes().size();

        lab.set("ollama.briefs", "true").set("ollama.summaries", "false").set("ollama.judge", "false");
        dropPlain("other", text);
        lab.once();
        assertThat(purposes().subList(before, purposes().size()))
                .contains("parse", "brief")
                .doesNotContain("summary", "judge");
    }

    @Test
    @EffectOf("ollama.load_timeout")
    void an_answer_that_does_not_begin_is_not_waited_for() throws Exception {
        lab.set("ollama.load_timeout", "300ms");
        model.always =
                new MockResponse.Builder().headersDelay(5, TimeUnit.MINUTES).build();
        dropPlain("plain", "Look.");
        assertThat(lab.once().succeeded()).isEqualTo(1);
    }

    /** It says something again and again, and never its last word. */
    @Test
    @EffectOf("ollama.timeout")
    void an_answer_that_does_not_end_is_not_waited_for() throws Exception {
        lab.set("ollama.timeout", "300ms");
        String word = "{\"message\":{\"content\":\" \"},\"done\":false}\n";
        model.always = new MockResponse.Builder()
                .body(word.repeat(10_000))
                .throttleBody(word.length(), 50, TimeUnit.MILLISECONDS)
                .build();
        dropPlain("plain", "Look.");
        assertThat(lab.once().succeeded()).isEqualTo(1);
    }

    /** Each answer comes when there are two questions. */
    @Test
    @EffectOf("ollama.parallel")
    void it_is_asked_as_much_at_a_time_as_it_may_be() throws Exception {
        lab.set("ollama.parallel", "2").set("ollama.judge", "false");
        model.atOnce = new CountDownLatch(2);
        dropPlain("one", "Look.");
        dropPlain("two", "Look.");
        assertThat(lab.once().succeeded()).isEqualTo(2);
        assertThat(model.alone).isFalse();
    }

    @Test
    @EffectOf({"coordinator.runs", "coordinator.moves"})
    void a_coordinator_has_so_many_moves_and_its_agent_so_many_runs() throws Exception {
        model.leads = true;
        lab.set("coordinator.runs", "1").set("coordinator.moves", "3").drop("led", "Look.", "coordinator: true");
        lab.once();
        assertThat(lab.starts()).isEqualTo(1);
        assertThat(lab.artifact("led").path("coordination")).hasSize(3);
        assertThat(lab.artifact("led").at("/error/message").asText()).contains("3 moves");
    }
}
