package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent reaches for beyond its bounds, with the real CLI. The home is the directory that the task works in. */
class RealCliGuardTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String SECRET = "KEY=TOP-SECRET-4711";

    @TempDir
    Path temp;

    private Path real;
    private Path home;
    private Path outside;

    @BeforeEach
    void lay_out() throws IOException {
        real = temp.toRealPath();
        home = real.resolve("home");
        outside = Files.createDirectories(real.resolve("outside"));
    }

    @Test
    void every_way_out_is_refused_and_told_and_the_work_inside_is_done() throws Exception {
        Path victim = Files.writeString(outside.resolve("victim.txt"), "untouched");
        Script attacks = script().tool("Write", write(outside + "/absolute.txt"))
                .tool("Write", write(home + "/../outside/dots.txt"))
                .tool("Write", write(home + "/link/linked.txt"))
                .tool("Write", write(home + "/linked-file.txt"))
                .tool("Read", Map.of("file_path", home + "/linked-victim.txt"))
                .tool("Bash", bash("echo x > " + outside + "/bash.txt"))
                .tool("Bash", bash("echo ok && cp .env stolen.txt"))
                .tool("Bash", bash("echo $(cat .env)"))
                .tool("Write", write(home + "/.git/hooks/pre-commit"))
                .tool("Write", write(home + "/tasks/evil.task.md"))
                .tool("Write", write(home + "/.bashrc"))
                .tool("Read", Map.of("file_path", "/etc/passwd"))
                .tool("Read", Map.of("file_path", home + "/.env"))
                .tool("Read", Map.of("file_path", home + "/logs/events.ndjson"))
                .tool("WebFetch", Map.of("url", "http://127.0.0.1:1/", "prompt", "x"));
        try (ScriptedApi api = ScriptedApi.start(attacks.tool("Write", write(home + "/inside.txt"))
                .tool("Bash", bash("echo granted > granted.txt"))
                .text("Wrote inside.txt and granted.txt."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            Files.createDirectories(home.resolve(".git/hooks"));
            Files.writeString(home.resolve(".env"), SECRET + "\n");
            Links.symbolic(home.resolve("link"), outside);
            Links.symbolic(home.resolve("linked-file.txt"), outside.resolve("new.txt"));
            Links.symbolic(home.resolve("linked-victim.txt"), victim);
            run.drop("guarded", "Do it.", "type: bug_fix", "allowed_tools: [\"Bash(echo *)\"]");

            run.once();

            JsonNode artifact = run.artifact("guarded");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(paths(artifact)).containsExactlyInAnyOrder("granted.txt", "inside.txt");
            assertThat(artifact.at("/security/guard").asText()).isEqualTo("enforced");
            assertThat(artifact.at("/security/unguarded_calls").asInt()).isZero();
            assertThat(targets(artifact.at("/security/violations")))
                    .containsExactlyInAnyOrder(
                            outside + "/absolute.txt",
                            outside + "/dots.txt",
                            home + "/link/linked.txt",
                            home + "/linked-file.txt",
                            home + "/linked-victim.txt",
                            outside + "/bash.txt",
                            "echo ok && cp .env stolen.txt",
                            "echo $(cat .env)",
                            home + "/.git/hooks/pre-commit",
                            home + "/tasks/evil.task.md",
                            home + "/.bashrc",
                            "/etc/passwd",
                            home + "/.env",
                            home + "/logs/events.ndjson",
                            "http://127.0.0.1:1/");
            assertThat(run.events("guarded", "security_violation")).hasSize(15);
            assertThat(outside).isDirectoryNotContaining(file -> !file.equals(victim));
            assertThat(victim).hasContent("untouched");
            assertThat(home.resolve(".git/hooks")).isEmptyDirectory();
            assertThat(api.requests())
                    .allSatisfy(request -> assertThat(request.body().toString()).doesNotContain(SECRET));
        }
    }

    @Test
    void with_nobody_to_ask_the_way_out_is_closed_all_the_same_and_what_nobody_saw_is_told() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        try (ScriptedApi api = ScriptedApi.start(script().tool("Write", write(home + "/before.txt"))
                .waitFor(gone)
                .tool("Write", write(home + "/meanwhile.txt"))
                .tool("Write", write(outside + "/meanwhile.txt"))
                .tool("Bash", bash("touch " + outside + "/bash.txt"))
                .tool("Read", Map.of("file_path", home + "/.env"))
                .waitFor(back)
                .tool("Write", write(home + "/after.txt"))
                .tool("Write", write(outside + "/after.txt"))
                .text("Wrote three files."))) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("shutdown.grace", "0s");
            Files.writeString(home.resolve(".env"), SECRET + "\n");
            run.drop("gap", "Do it.", "type: bug_fix", "allowed_tools: [\"Bash(touch *)\"]");
            run.leaveBehind(() -> hasToolResults(api, 1));
            gone.countDown();
            Await.until(LONG, () -> hasToolResults(api, 5));
            CompletableFuture<Void> opener = CompletableFuture.runAsync(() -> {
                run.awaitInJournal("\"adopted\":true");
                back.countDown();
            });

            run.once();
            opener.join();

            JsonNode artifact = run.artifact("gap");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(paths(artifact)).containsExactlyInAnyOrder("before.txt", "meanwhile.txt", "after.txt");
            assertThat(artifact.at("/security/guard").asText()).isEqualTo("rules");
            assertThat(artifact.at("/security/unguarded_calls").asInt()).isEqualTo(1);
            assertThat(targets(artifact.at("/security/violations")))
                    .containsExactlyInAnyOrder(outside + "/meanwhile.txt", home + "/.env", outside + "/after.txt");
            assertThat(run.events("gap", "security_violation")).hasSize(3);
            assertThat(outside).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({"record, succeeded, 2", "fail, failed, 2", "stop, failed, 1"})
    @EffectOf("guard.on_violation")
    void what_becomes_of_a_run_that_reached_out_is_for_the_user_to_say(String setting, String status, int writes)
            throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Script script = script().tool("Write", write(home + "/one.txt")).tool("Write", write(outside + "/out.txt"));
        Script whole = ("stop".equals(setting) ? script.waitFor(stopped) : script)
                .tool("Write", write(home + "/two.txt"))
                .text("Wrote one.txt and two.txt.");
        try (ScriptedApi api = ScriptedApi.start(whole)) {
            OrchestratorRun run = new OrchestratorRun(real, api).set("guard.on_violation", setting);
            run.drop("reach", "Do it.", "type: bug_fix");

            run.once();

            assertThat(run.artifact("reach").path("status").asText()).isEqualTo(status);
            assertThat(run.artifact("reach").path("files_modified_count").asInt())
                    .isEqualTo(writes);
            assertThat(run.artifact("reach").at("/security/violations")).hasSize(1);
        }
    }

    private static boolean hasToolResults(ScriptedApi api, int count) {
        return api.requests().stream().anyMatch(request -> request.toolResults().size() >= count);
    }

    private static Map<String, Object> write(String file) {
        return Map.of("file_path", file, "content", "x\n");
    }

    private static Map<String, Object> bash(String command) {
        return Map.of("command", command, "description", "d");
    }

    private static List<String> paths(JsonNode artifact) {
        return texts(artifact.path("files_modified"), "path");
    }

    private static List<String> targets(JsonNode violations) {
        return texts(violations, "target");
    }

    private static List<String> texts(JsonNode array, String key) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.path(key).asText()));
        return texts;
    }
}
