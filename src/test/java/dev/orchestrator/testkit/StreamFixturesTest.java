package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamFixturesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Exit code 0 in spite of an error. */
    private static final List<String> SILENT_FAILURES = List.of("interrupted", "error-then-success");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(StreamRecorder.DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void the_cases_that_outcomes_are_judged_by_are_there() throws IOException {
        assertThat(names())
                .contains(
                        "write", "read-only", "question", "auth-401", "credit-400", "rate-limit-429", "overloaded-529")
                .contains("unreachable", "max-turns", "max-budget", "session-resumed", "resume-unknown", "terminated");
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_line_is_json_and_a_stream_without_init_is_one_error(String name) throws IOException {
        List<String> lines = Files.readAllLines(StreamRecorder.DIRECTORY.resolve(name + ".ndjson"));
        if (lines.isEmpty()) {
            assertThat(StreamRecorder.DIRECTORY.resolve(name + ".stderr")).isNotEmptyFile();
            return;
        }
        for (String line : lines) {
            assertThat(JSON.readTree(line).path("type").asText()).isNotEmpty();
        }
        JsonNode first = JSON.readTree(lines.get(0));
        assertThat(first.path("subtype").asText()).isIn("init", "error_during_execution");
        assertThat(first.path("is_error").asBoolean()).isEqualTo(lines.size() == 1 && !name.equals("terminated"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void no_path_of_the_recording_machine_is_left(String name) throws IOException {
        for (String suffix : List.of(".ndjson", ".stderr", ".json")) {
            assertThat(Files.readString(StreamRecorder.DIRECTORY.resolve(name + suffix)))
                    .doesNotContain("/root/", "junit", System.getProperty("java.io.tmpdir") + "/junit");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_result_line_without_error_means_exit_code_0_but_not_the_other_way_round(String name) throws IOException {
        int exit = JSON.readTree(
                        StreamRecorder.DIRECTORY.resolve(name + ".json").toFile())
                .path("exit_code")
                .asInt();
        assertThat(endedWell(name)).isEqualTo(exit == 0 && !SILENT_FAILURES.contains(name));
    }

    private static boolean endedWell(String name) throws IOException {
        for (String line : Files.readAllLines(StreamRecorder.DIRECTORY.resolve(name + ".ndjson"))) {
            JsonNode node = JSON.readTree(line);
            if (node.path("type").asText().equals("result")) {
                return !node.path("is_error").asBoolean();
            }
        }
        return false;
    }
}
