package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.EffectOf;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OllamaChecksTest {
    @TempDir
    Path temp;

    private final MockWebServer ollama = new MockWebServer();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        ollama.start(InetAddress.getLoopbackAddress(), 0);
        settings.put("ollama.url", "127.0.0.1:" + ollama.getPort());
        settings.put("ollama.model", "llama3.2");
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    private CheckResult result(String name) throws Exception {
        Home home = new Home(temp.toRealPath());
        return OllamaChecks.of(new Settings(() -> ConfigLoader.load(home, settings, Map.of()))).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .body()
                .run();
    }

    private void answers(String body) {
        ollama.enqueue(new MockResponse.Builder().body(body).build());
    }

    @Test
    void without_a_model_nobody_is_asked() throws Exception {
        settings.remove("ollama.model");
        assertThat(result("ollama")).isEqualTo(CheckResult.ok("none: tasks are understood by rules"));
        assertThat(ollama.getRequestCount()).isZero();
    }

    @Test
    @EffectOf({"ollama.url", "ollama.model"})
    void a_server_that_answers_is_named_with_its_version() throws Exception {
        answers("{\"version\":\"0.33.0\"}");
        assertThat(result("ollama").detail()).startsWith("0.33.0 at http://127.0.0.1:");
        assertThat(result("ollama").verdict()).isEqualTo(CheckResult.Verdict.WARN);
    }

    @Test
    void nobody_there_is_a_warning_that_says_how_to_start_it() throws Exception {
        ollama.close();
        assertThat(result("ollama").verdict()).isEqualTo(CheckResult.Verdict.WARN);
        assertThat(result("ollama").detail()).contains("nobody answers", "by rules");
        assertThat(result("ollama").remedy()).contains("ollama serve");
    }

    @Test
    void a_model_that_is_not_there_can_be_fetched() throws Exception {
        answers("{\"models\":[{\"name\":\"other:latest\"}]}");
        assertThat(result("model")).isEqualTo(CheckResult.warn("there is no model llama3.2", "ollama pull llama3.2"));
    }

    @Test
    void a_model_of_the_cloud_and_a_small_one_are_told() throws Exception {
        answers("{\"models\":[{\"name\":\"llama3.2:latest\",\"remote_host\":\"https://ollama.com\"}]}");
        assertThat(result("model").detail()).contains("runs elsewhere");
        answers("{\"models\":[{\"name\":\"llama3.2:latest\"}]}");
        answers("{\"model_info\":{\"llama.context_length\":4096}}");
        assertThat(result("model").remedy()).isEqualTo("Set ollama.num_ctx: 4096");
        answers("{\"models\":[{\"name\":\"llama3.2:latest\"}]}");
        answers("{\"model_info\":{\"llama.context_length\":131072}}");
        assertThat(result("model")).isEqualTo(CheckResult.ok("llama3.2:latest"));
    }

    @Test
    void a_model_that_only_says_itself_that_it_runs_elsewhere_is_told_too() throws Exception {
        answers("{\"models\":[{\"name\":\"llama3.2:latest\"}]}");
        answers("{\"remote_host\":\"https://ollama.com\",\"capabilities\":[\"completion\"]}");
        assertThat(result("model").verdict()).isEqualTo(CheckResult.Verdict.WARN);
        answers("{\"models\":[{\"name\":\"llama3.2:latest\"}]}");
        answers("{\"remote_host\":\"https://ollama.com\"}");
        assertThat(result("model").detail()).contains("runs elsewhere");
    }

    @Test
    void a_model_that_cannot_talk_is_told() throws Exception {
        answers("{\"models\":[{\"name\":\"llama3.2:latest\"}]}");
        answers("{\"capabilities\":[\"embedding\"]}");
        assertThat(result("model").detail()).contains("cannot answer");
    }
}
