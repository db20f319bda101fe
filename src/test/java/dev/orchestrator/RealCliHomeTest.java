package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.task.Hold;
import dev.orchestrator.testkit.ApiRequest;
import dev.orchestrator.testkit.Routes;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real CLI where the home itself is the working directory, and where the API cannot help. */
@Timeout(180)
class RealCliHomeTest {
    private static final String SECRET = "TELEGRAM_TOKEN=12345";

    @TempDir
    Path temp;

    private Path real = Path.of("");

    @BeforeEach
    void find_real_path() throws IOException {
        real = temp.toRealPath();
    }

    @Test
    void an_agent_that_works_in_the_home_cannot_touch_what_is_the_orchestrators() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(Routes.routes()
                .when(
                        "MARK-OWN",
                        script().tool("Write", r -> file(r, "tasks/evil.task.md"))
                                .tool("Write", r -> file(r, "results/fake.json"))
                                .tool("Write", r -> file(r, "logs/x"))
                                .tool("Write", r -> file(r, "templates/custom.md"))
                                .tool("Write", r -> file(r, ".env"))
                                .tool("Read", r -> Map.of("file_path", r.workingDirectory() + "/.env"))
                                .tool(
                                        "Grep",
                                        r -> Map.of(
                                                "pattern",
                                                "TELEGRAM",
                                                "path",
                                                r.workingDirectory(),
                                                "output_mode",
                                                "content"))
                                .tool("Write", r -> file(r, "orchestrator.yaml"))
                                .tool("Write", r -> file(r, "src/ok.txt"))
                                .text("Wrote src/ok.txt.")))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            Files.writeString(run.home.dotenv(), SECRET + "\n");
            run.drop("own", "MARK-OWN", "type: bug_fix");

            run.once();

            JsonNode artifact = run.artifact("own");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.at("/files_modified/0/path").asText()).isEqualTo("src/ok.txt");
            assertThat(artifact.path("files_modified_count").asInt()).isEqualTo(1);
            assertThat(artifact.at("/security/violations")).hasSize(7);
            assertThat(run.home.dotenv()).hasContent(SECRET);
            assertThat(run.home.settings()).doesNotExist();
            assertThat(run.home.tasks().resolve("evil.task.md")).doesNotExist();
            assertThat(run.home.templates().resolve("custom.md")).doesNotExist();
            assertThat(api.requests("MARK-OWN"))
                    .allSatisfy(request -> assertThat(request.body().toString()).doesNotContain(SECRET));
        }
    }

    @Test
    void refused_credentials_end_the_run_in_seconds_and_fail_no_task() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().error(401, "authentication_error", "invalid x-api-key"))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            run.drop("denied", "Look.", "type: analyze");

            DaemonRunner.Result.Stopped stopped = run.once();

            assertThat(stopped.endedOtherwise()).isZero();
            assertThat(stopped.unfinished()).isEqualTo(1);
            JsonNode end = run.events("denied", "attempt_finished").get(0);
            assertThat(end.at("/failure/category").asText()).isEqualTo("auth");
            assertThat(end.path("duration_ms").asLong())
                    .isLessThan(Duration.ofSeconds(15).toMillis());
            assertThat(stopped.holds()).singleElement().satisfies(hold -> {
                assertThat(hold.cause()).isEqualTo(Hold.Cause.AUTH);
                assertThat(hold.remedy()).contains("ANTHROPIC_API_KEY");
            });
        }
    }

    /** One run finds out, the other tasks are not even tried; with money in the account again, all are done. */
    @Test
    void a_lack_of_credit_stops_everything_until_there_is_some() throws Exception {
        AtomicBoolean paid = new AtomicBoolean();
        Script poor = script().error(400, "invalid_request_error", "Your credit balance is too low.");
        try (ScriptedApi api = ScriptedApi.start(
                Routes.routes().when(prompt -> !paid.get(), poor).orElse(script().text("Seen.")))) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("workers", "1");
            for (String id : List.of("one", "two", "three")) {
                run.drop(id, "Look.", "type: analyze");
            }
            DaemonRunner.Result.Stopped before = run.once();

            assertThat(before.endedOtherwise()).isZero();
            assertThat(before.unfinished()).isEqualTo(3);
            assertThat(before.holds()).extracting(Hold::cause).containsExactly(Hold.Cause.BILLING);
            assertThat(run.events("attempt_started")).hasSize(1);

            paid.set(true);
            DaemonRunner.Result.Stopped after = run.once();

            assertThat(after.succeeded()).isEqualTo(3);
            assertThat(after.holds()).isEmpty();
            assertThat(run.events("queue_paused")).hasSize(1);
            assertThat(run.events("queue_resumed")).hasSize(1);
        }
    }

    @Test
    void an_unreachable_api_is_a_network_failure() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("never"))) {
            OrchestratorRun run = new OrchestratorRun(real, api)
                    .set("retries", "0")
                    .set("limits.outage", "0s")
                    .variable("CLAUDE_CODE_MAX_RETRIES", "1")
                    .variable("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + closedPort());
            run.drop("far", "Look.", "type: analyze");

            run.once();

            JsonNode artifact = run.artifact("far");
            assertThat(artifact.at("/error/category").asText()).isEqualTo("network");
            assertThat(api.requests()).isEmpty();
        }
    }

    private static Map<String, Object> file(ApiRequest request, String name) {
        return Map.of("file_path", request.workingDirectory() + "/" + name, "content", "x");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
