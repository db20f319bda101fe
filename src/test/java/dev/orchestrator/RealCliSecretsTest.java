package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.Canaries;
import dev.orchestrator.testkit.Routes;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real CLI is told of secrets, says and does things with them, and is kept from others. */
@Timeout(180)
class RealCliSecretsTest {
    private static final String VARIABLE = "quoted\"and\\slashed ünd 77";
    private static final String IN_FILE = "only-in-dotenv-8812";
    private static final String TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    private static final List<String> ALL = List.of(VARIABLE, IN_FILE, TOKEN);
    private static final String TOGETHER = String.join("\n\n", ALL);

    @Test
    void the_agent_gets_what_it_was_told_and_nothing_that_we_write_has_it(@TempDir Path temp) throws Exception {
        Path real = temp.toRealPath();
        Path outside = Files.createDirectories(real.resolve("outside"));
        try (ScriptedApi api = ScriptedApi.start(Routes.routes()
                .when("MARK-SAY", talkative(outside))
                .when("MARK-FAIL", script().error(400, "invalid_request_error", "Refused: " + TOGETHER))
                .when("MARK-ASK", script().text("I looked.\n\nQUESTION: is " + TOKEN + " yours?")))) {
            OrchestratorRun run = new OrchestratorRun(real, api).variable("MY_SECRET_TOKEN", VARIABLE);
            Files.writeString(run.home.dotenv(), "DB_PASSWORD=" + IN_FILE + "\n");
            run.drop("say", "# Use " + TOKEN + "\n\nMARK-SAY\n\n" + TOGETHER, "type: bug_fix");
            run.drop("fail", "MARK-FAIL", "type: analyze", "retries: 0");
            run.drop("ask", "MARK-ASK", "type: analyze");

            run.once();

            assertThat(api.requests())
                    .anySatisfy(request -> assertThat(request.body().toString()).contains("# Task: Use " + TOKEN));
            JsonNode said = run.artifact("say");
            assertThat(said.path("status").asText()).isEqualTo("succeeded");
            assertThat(said.path("result").asText()).startsWith("All of it: [redacted]");
            assertThat(said.at("/security/guard").asText()).isEqualTo("enforced");
            assertThat(said.at("/security/violations"))
                    .hasSize(2)
                    .allSatisfy(violation ->
                            assertThat(violation.path("target").asText()).contains("[redacted]"));
            assertThat(run.artifact("fail").at("/error/message").asText()).contains("[redacted]");
            assertThat(run.artifact("ask").path("status").asText()).isEqualTo("awaiting_reply");
            new Canaries(ALL).areInNoFileOf(run.home.root(), file -> isTheUsers(run, file));
        }
    }

    private static Script talkative(Path outside) {
        return script().tool(
                        "Write",
                        request -> Map.of("file_path", request.workingDirectory() + "/key.txt", "content", TOGETHER))
                .tool("Write", Map.of("file_path", outside + "/" + TOKEN, "content", "x"))
                .tool("Bash", Map.of("command", "echo '" + IN_FILE + "' " + TOKEN, "description", "x"))
                .text("All of it: " + TOGETHER + "\n\nI wrote key.txt.");
    }

    /** The task files, the settings, and what the agent was to write. */
    private static boolean isTheUsers(OrchestratorRun run, Path file) {
        return file.equals(run.home.dotenv())
                || file.equals(run.home.root().resolve("key.txt"))
                || (file.startsWith(run.home.tasks()) && file.toString().endsWith(".task.md"));
    }
}
