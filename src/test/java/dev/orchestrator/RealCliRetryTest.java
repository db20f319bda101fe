package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.ApiRequest;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a task whose run of the real CLI does not come to its end. */
class RealCliRetryTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    Path temp;

    @Test
    void a_run_that_was_killed_before_it_had_an_answer_is_tried_again_in_a_new_session() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        try (ScriptedApi api = ScriptedApi.start(script().waitFor(killed).text("Done at last."))) {
            OrchestratorRun run = new OrchestratorRun(temp.toRealPath(), api);
            run.drop("again", "Look.", "type: analyze");
            CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
                api.awaitRequests("", 1, LONG);
                kill(run);
                killed.countDown();
            });

            run.once();
            killer.join();

            JsonNode artifact = run.artifact("again");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.path("attempt").asInt()).isEqualTo(2);
            assertThat(artifact.at("/attempts/0/category").asText()).isEqualTo("killed");
            assertThat(run.events("again", "retry_scheduled")).hasSize(1);
            List<JsonNode> starts = run.events("again", "attempt_started");
            assertThat(starts)
                    .hasSize(2)
                    .noneMatch(start -> start.path("resumed").asBoolean());
            assertThat(starts.get(0).path("session_id"))
                    .isNotEqualTo(starts.get(1).path("session_id"));
        }
    }

    @Test
    void a_run_that_was_lost_with_its_daemon_is_continued_in_its_session() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        Path calc = Files.writeString(
                Files.createDirectory(temp.toRealPath().resolve("work")).resolve("calc.py"), "1");
        try (ScriptedApi api = ScriptedApi.start(script().tool("Read", java.util.Map.of("file_path", calc.toString()))
                .waitFor(lost)
                .text("Finished."))) {
            OrchestratorRun run = new OrchestratorRun(temp.toRealPath(), api)
                    .set("shutdown.grace", "0s")
                    .set("claude.base_dir", calc.getParent().toString());
            run.drop("cut", "Look.", "type: analyze");
            run.leaveBehind(() -> api.requests().stream().anyMatch(RealCliRetryTest::isLast));
            kill(run);
            lost.countDown();

            run.once();

            assertThat(run.artifact("cut").path("status").asText()).isEqualTo("succeeded");
            List<JsonNode> starts = run.events("cut", "attempt_started");
            assertThat(starts).hasSize(2);
            assertThat(starts.get(1).path("resumed").asBoolean()).isTrue();
            assertThat(starts.get(1).path("session_id")).isEqualTo(starts.get(0).path("session_id"));
            ApiRequest resumed = api.requests().get(api.requests().size() - 1);
            assertThat(resumed.toolResults()).hasSize(1);
            assertThat(resumed.lastPrompt()).startsWith("You were cut off");
            assertThat(run.events("cut", "tool_used")).hasSize(1);
        }
    }

    @Test
    void a_run_that_outlives_its_daemon_is_followed_by_the_next() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        Path outside = temp.toRealPath().resolve("secret.txt");
        Path work = Files.createDirectory(temp.toRealPath().resolve("work"));
        Path calc = Files.writeString(work.resolve("calc.py"), "1");
        try (ScriptedApi api = ScriptedApi.start(script().tool("Read", java.util.Map.of("file_path", calc.toString()))
                .tool("Read", java.util.Map.of("file_path", outside.toString()))
                .waitFor(left)
                .text("Finished."))) {
            OrchestratorRun run = new OrchestratorRun(temp.toRealPath(), api)
                    .set("shutdown.grace", "0s")
                    .set("claude.base_dir", work.toString());
            run.drop("kept", "Look.", "type: analyze");
            run.leaveBehind(() -> api.requests().stream().anyMatch(RealCliRetryTest::isLast));
            CompletableFuture<Void> opener = CompletableFuture.runAsync(() -> awaitAdoption(run, left));

            run.once();
            opener.join();

            assertThat(run.artifact("kept").path("status").asText()).isEqualTo("succeeded");
            assertThat(run.events("kept", "attempt_started")).hasSize(1);
            assertThat(run.events("kept", "run_started")).hasSize(2);
            assertThat(run.events("kept", "run_started").get(1).path("adopted").asBoolean())
                    .isTrue();
            assertThat(run.events("kept", "tool_used")).hasSize(2);
            assertThat(run.events("kept", "security_violation")).hasSize(1);
            assertThat(run.artifact("kept").at("/security/violations")).hasSize(1);
        }
    }

    private static boolean isLast(ApiRequest request) {
        return !request.toolResults().isEmpty();
    }

    private static void awaitAdoption(OrchestratorRun run, CountDownLatch latch) {
        run.awaitInJournal("\"adopted\":true");
        latch.countDown();
    }

    private static void kill(OrchestratorRun run) {
        run.awaitInJournal("\"run_started\"");
        try {
            for (JsonNode line : SchemaCheck.journal(run.home)) {
                if (line.path("event").asText().equals("run_started")) {
                    ProcessHandle.of(line.path("pid").asLong()).ifPresent(handle -> {
                        // In a sandbox it is one of several, and the first of them ends alone.
                        handle.descendants().forEach(ProcessHandle::destroyForcibly);
                        handle.destroyForcibly();
                        handle.onExit().join();
                    });
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
