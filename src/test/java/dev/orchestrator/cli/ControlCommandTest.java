package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program is told by the commands that ask something of a daemon, when nothing comes of it. */
class ControlCommandTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cancel one",
                "retry one",
                "reply one Go-on",
                "approve one",
                "reject one",
                "pause",
                "resume",
                "reload"
            })
    void where_no_daemon_runs_a_program_is_told_in_the_form_of_an_answer(String call) throws IOException {
        String command = call.split(" ")[0];

        CliHome.Result result = run(root, call);

        assertThat(result.code()).isEqualTo(4);
        JsonNode answer = refusal(result);
        assertThat(answer.path("command").asText()).isEqualTo(command);
        assertThat(answer.path("task_id").asText(null)).isEqualTo(call.contains("one") ? "one" : null);
        assertThat(answer.path("message").asText()).startsWith("No daemon runs in " + root);
    }

    @Test
    void what_is_taken_back_goes_by_its_own_name() throws IOException {
        assertThat(refusal(run(root, "approve one --undo")).path("command").asText())
                .isEqualTo("undo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel one", "pause", "clean tasks --days 1", "prune", "prune --dry-run"})
    void a_home_that_is_not_there_is_told_likewise(String call) throws IOException {
        CliHome.Result result = run(root.resolve("missing"), call);

        assertThat(result.code()).isEqualTo(2);
        assertThat(refusal(result).path("message").asText()).startsWith("There is no home ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel a/b", "cancel", "prune --days -1", "approve one --undo --file x"})
    void a_call_that_makes_no_sense_is_told_likewise(String call) throws IOException {
        CliHome.Result result = run(root, call);

        assertThat(result.code()).isEqualTo(2);
        assertThat(refusal(result).path("command").asText()).isEqualTo(call.split(" ")[0]);
    }

    @Test
    void a_home_that_somebody_has_just_taken_is_told_likewise() throws IOException {
        Path lock = Files.createDirectories(root.resolve("logs")).resolve("daemon.lock");
        try (LockFile taken = LockFile.tryAcquire(lock).orElseThrow()) {
            assertThat(taken.isStillThere()).isTrue();
            CliHome.Result result = run(root, "clean tasks --days 1");

            assertThat(result.code()).isEqualTo(1);
            assertThat(refusal(result).path("command").asText()).isEqualTo("clean");
        }
    }

    private static CliHome.Result run(Path home, String call) {
        List<String> args = new ArrayList<>(List.of(call.split(" ")));
        args.add("--json");
        return CliHome.run(home, args.toArray(new String[0]));
    }

    private static JsonNode refusal(CliHome.Result result) throws IOException {
        JsonNode answer = Json.full().readTree(result.out());
        assertThat(SchemaCheck.problems("control-answer", answer)).isEmpty();
        assertThat(answer.path("ok").asBoolean(true)).isFalse();
        assertThat(result.err()).isEmpty();
        return answer;
    }
}
