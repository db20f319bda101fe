package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.ApiRequest;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The user's own commands decide whether a task is done, with the real CLI. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the commands are for a POSIX shell")
class RealCliAcceptanceTest {
    @TempDir
    Path temp;

    private Path real;
    private Path shop;

    @BeforeEach
    void lay_out() throws IOException {
        real = temp.toRealPath();
        shop = real.resolve("home/shop");
    }

    /** The tests of a small project: they pass when the price is 3. */
    private void project(OrchestratorRun run, String... keys) throws IOException {
        Files.createDirectories(shop);
        Files.writeString(shop.resolve("price.txt"), "0\n");
        Files.writeString(
                shop.resolve("check.sh"),
                "echo \"checking $(cat price.txt)\"\n"
                        + "test \"$(cat price.txt)\" = 3 || { echo \"expected 3 but was $(cat price.txt)\" >&2; exit 1; }\n");
        String[] all = new String[keys.length + 2];
        all[0] = "type: bug_fix";
        all[1] = "cwd: shop";
        System.arraycopy(keys, 0, all, 2, keys.length);
        run.drop("price", "Make the price right.", all);
    }

    private Script sets(Script script, String price, String said) {
        Path file = shop.resolve("price.txt");
        return script.tool("Read", Map.of("file_path", file.toString()))
                .tool("Write", Map.of("file_path", file.toString(), "content", price + "\n"))
                .text(said);
    }

    private static String last(List<ApiRequest> requests) {
        return requests.get(requests.size() - 1).body().toString();
    }

    @Test
    void tests_that_fail_twice_and_pass_the_third_time_are_a_success_in_one_session() throws Exception {
        Script script = sets(sets(sets(script(), "1", "It is 1 now."), "2", "It is 2 now."), "3", "It is 3 now.");
        try (ScriptedApi api = ScriptedApi.start(script)) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            project(run, "acceptance: [sh check.sh]");

            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.path("acceptance").findValuesAsText("outcome")).containsExactly("red", "red", "green");
            assertThat(artifact.at("/acceptance/0/output").asText()).isEqualTo("checking 1\nexpected 3 but was 1\n");
            assertThat(artifact.path("attempts").findValuesAsText("session_id").stream()
                            .distinct())
                    .hasSize(1);
            assertThat(last(api.requests()))
                    .contains("expected 3 but was 1", "expected 3 but was 2", "It is 2 now.", "Make the price right.");
            assertThat(artifact.path("files_modified").findValuesAsText("path")).containsExactly("price.txt");
            assertThat(shop.resolve("price.txt")).hasContent("3");
        }
    }

    @Test
    void a_change_that_never_passes_is_no_success_and_says_what_failed() throws Exception {
        Script script = sets(sets(script(), "1", "It is 1 now."), "2", "All tests pass.");
        try (ScriptedApi api = ScriptedApi.start(script)) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            project(run, "acceptance: [sh check.sh]", "acceptance_rounds: 1");

            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText()).isEqualTo("failed");
            assertThat(artifact.at("/error/category").asText()).isEqualTo("acceptance");
            assertThat(artifact.at("/acceptance/1/output").asText()).contains("expected 3 but was 2");
        }
    }

    @Test
    void a_guarded_change_is_tried_out_in_the_copy_and_waits_only_when_it_passes() throws Exception {
        Path copy = real.resolve("home/.staging/price/work/price.txt");
        Script script = script();
        for (String price : List.of("1", "3")) {
            script = script.tool("Read", Map.of("file_path", copy.toString()))
                    .tool("Write", Map.of("file_path", copy.toString(), "content", price + "\n"))
                    .text("It is " + price + " now.");
        }
        try (ScriptedApi api = ScriptedApi.start(script)) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            project(run, "acceptance: [sh check.sh]", "guarded: true");

            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText())
                    .as(artifact.path("error").toString())
                    .isEqualTo("awaiting_approval");
            assertThat(artifact.path("acceptance").findValuesAsText("outcome")).containsExactly("red", "green");
            assertThat(shop.resolve("price.txt")).hasContent("0");
        }
    }

    @Test
    void a_command_sees_neither_the_login_nor_what_lies_around_the_task() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(sets(script(), "3", "It is 3 now."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            project(
                    run,
                    "acceptance: ['env | grep -i anthropic && exit 1; exit 0', 'echo x > ../outside; test ! -e ../logs/events.ndjson']");

            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("acceptance").get(0).path("outcome").asText())
                    .isEqualTo("green");
            if (artifact.at("/security/sandbox").asText().equals("bubblewrap")) {
                assertThat(artifact.path("acceptance").get(1).path("outcome").asText())
                        .isEqualTo("green");
                assertThat(real.resolve("home/outside")).doesNotExist();
            }
        }
    }
}
