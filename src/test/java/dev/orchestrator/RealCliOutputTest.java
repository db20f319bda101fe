package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task asks for an object of a certain form, with the real CLI. */
class RealCliOutputTest {
    private static final String SCHEMA =
            "output_schema: {type: object, properties: {grade: {enum: [low, high]}, key: {type: string}}, required: [grade]}";

    @TempDir
    Path temp;

    private JsonNode run(Script script) throws Exception {
        Path real = temp.toRealPath();
        try (ScriptedApi api = ScriptedApi.start(script)) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            Files.createDirectories(real.resolve("home/shop"));
            run.drop("grade", "How grave is it?", "type: analyze", "cwd: shop", SCHEMA);
            run.once();
            return run.artifact("grade");
        }
    }

    @Test
    void an_object_of_that_form_is_in_the_artifact_without_secrets() throws Exception {
        String secret = "ghp_" + "a1B2c3D4e5".repeat(4).substring(0, 36);
        JsonNode artifact = run(script().tool("StructuredOutput", Map.of("grade", "high", "key", secret)));
        assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
        assertThat(artifact.at("/output/grade").asText()).isEqualTo("high");
        assertThat(artifact.toString()).doesNotContain(secret);
    }

    @Test
    void a_talk_without_the_object_is_no_success() throws Exception {
        JsonNode artifact = run(script().text("It is grave.").text("As I said, it is grave."));
        assertThat(artifact.path("status").asText()).isEqualTo("failed");
        assertThat(artifact.at("/error/category").asText()).isEqualTo("validation");
        assertThat(artifact.path("output").isNull()).isTrue();
    }
}
