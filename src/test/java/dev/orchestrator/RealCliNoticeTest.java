package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.testkit.ScriptedApi;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is away hears what became of a task of the real CLI. */
class RealCliNoticeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    @Test
    void a_task_that_is_over_is_told_once_though_nobody_took_it_at_first() throws Exception {
        Path real = temp.toRealPath();
        Path file = Files.createDirectories(real.resolve("home/shop")).resolve("price.txt");
        try (ScriptedApi api = ScriptedApi.start(
                        script().tool("Write", Map.of("file_path", file.toString(), "content", "3 euros\n"))
                                .text("I set the price in price.txt to 3 euros."));
                MockWebServer hook = new MockWebServer()) {
            hook.start(InetAddress.getLoopbackAddress(), 0);
            hook.enqueue(new MockResponse.Builder().code(503).build());
            OrchestratorRun run = new OrchestratorRun(real, api)
                    .set("notices.webhook_url", hook.url("/hook").toString());
            run.drop("price", "Set the price in price.txt to 3 euros.", "type: bug_fix", "cwd: shop");
            run.once();
            assertThat(run.artifact("price").path("status").asText()).isEqualTo("succeeded");

            hook.enqueue(new MockResponse.Builder().code(200).build());
            run.once();
            run.once();

            JsonNode first = JSON.readTree(hook.takeRequest().getBody().utf8());
            JsonNode again = JSON.readTree(hook.takeRequest().getBody().utf8());
            assertThat(again).isEqualTo(first);
            assertThat(hook.getRequestCount()).isEqualTo(2);
            assertThat(first.path("kind").asText()).isEqualTo("succeeded");
            assertThat(first.path("task_id").asText()).isEqualTo("price");
            assertThat(first.path("summary").asText()).isEqualTo("I set the price in price.txt to 3 euros.");
            assertThat(first.path("error").isNull()).isTrue();
        }
    }
}
