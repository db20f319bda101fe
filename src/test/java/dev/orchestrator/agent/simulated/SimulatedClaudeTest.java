package dev.orchestrator.agent.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.json.Json;
import dev.orchestrator.process.Command;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.testkit.Links;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedClaudeTest {
    private static final String FAULTY = "def mean(xs):\n    return sum(xs) / (len(xs) - 1)\n";
    private static final String MENDED = "def mean(xs):\n    return sum(xs) / len(xs)\n";
    private static final String PROMPT =
            "# Task: Fix\n\n## Target files\n\n- mean.py\n\n## Rules of this run\n\n- other.py\n";
    private static final String ALL = "Read,Grep,Glob,Edit,Write";

    private Path directory;
    private Path source;
    private Path settings;

    @BeforeEach
    void project(@TempDir Path temp) throws IOException {
        directory = Files.createDirectory(temp.toRealPath().resolve("work"));
        source = Files.writeString(directory.resolve("mean.py"), FAULTY);
        settings = temp.resolve("settings.json");
        rules("\"Read(./**)\",\"Edit(./**)\"", "");
    }

    @Test
    void the_fault_in_the_target_file_is_mended_on_disk() throws IOException {
        List<JsonNode> stream = run(PROMPT, ALL);

        assertThat(source).hasContent(MENDED);
        assertThat(calls(stream)).containsExactly("Read", "Edit");
        JsonNode result = stream.get(stream.size() - 1);
        assertThat(result.path("is_error").asBoolean(true)).isFalse();
        assertThat(result.path("terminal_reason").asText()).isEqualTo("completed");
        assertThat(result.path("num_turns").asInt()).isEqualTo(3);
    }

    @Test
    void it_calls_itself_simulated_in_model_version_and_result() throws IOException {
        List<JsonNode> stream = run(PROMPT, ALL);

        assertThat(stream.get(0).path("model").asText()).isEqualTo("simulated");
        assertThat(stream.get(0).path("claude_code_version").asText()).isEqualTo("simulated");
        assertThat(stream.get(stream.size() - 1).path("result").asText()).startsWith("[simulated] ");
    }

    @Test
    void every_field_of_its_stream_is_one_of_the_real_stream() throws IOException {
        Map<String, Set<String>> real = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/streams/edit.ndjson"))) {
            fields(real, Json.full().readTree(line));
        }

        for (JsonNode line : run(PROMPT, ALL)) {
            Map<String, Set<String>> ours = new HashMap<>();
            fields(ours, line);
            ours.forEach((type, names) -> assertThat(real.get(type)).as(type).containsAll(names));
        }
    }

    @Test
    void the_same_run_prints_the_same_bytes() throws IOException {
        byte[] first = bytes(PROMPT, ALL);
        Files.writeString(source, FAULTY);

        assertThat(bytes(PROMPT, ALL)).isEqualTo(first);
    }

    @Test
    void a_run_without_the_edit_tool_reports_the_fault_and_changes_nothing() throws IOException {
        List<JsonNode> stream = run(PROMPT, "Read,Grep,Glob");

        assertThat(source).hasContent(FAULTY);
        assertThat(calls(stream)).containsExactly("Read");
        assertThat(stream.get(stream.size() - 1).path("result").asText()).contains("mean.py, line 2", "may only read");
    }

    @Test
    void an_edit_that_no_rule_allows_is_denied_as_the_real_program_denies_it() throws IOException {
        rules("\"Read(./**)\"", "");

        List<JsonNode> stream = run(PROMPT, ALL);

        assertThat(source).hasContent(FAULTY);
        assertThat(stream).anyMatch(line -> line.path("subtype").asText().equals("permission_denied"));
        JsonNode denial =
                stream.get(stream.size() - 1).path("permission_denials").path(0);
        assertThat(denial.path("tool_name").asText()).isEqualTo("Edit");
        assertThat(denial.path("tool_input").path("file_path").asText()).isEqualTo(source.toString());
    }

    @Test
    void a_deny_rule_wins_over_an_allow_rule() throws IOException {
        rules("\"Read(./**)\",\"Edit(./**)\"", "\"Edit(./mean.py)\"");

        run(PROMPT, ALL);

        assertThat(source).hasContent(FAULTY);
    }

    @Test
    void an_absolute_rule_with_escaped_characters_is_understood() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a[b]*c"));
        source = Files.writeString(odd.resolve("mean.py"), FAULTY);
        String rule = "(/" + directory + "/a\\\\[b\\\\]\\\\*c/**)";
        rules("\"Read" + rule + "\",\"Edit" + rule + "\"", "");

        run(PROMPT.replace("mean.py", "a[b]*c/mean.py"), ALL);

        assertThat(source).hasContent(MENDED);
    }

    @Test
    void a_target_outside_of_the_working_directory_is_not_touched() throws IOException {
        Path outside = Files.writeString(directory.resolveSibling("mean.py"), FAULTY);

        List<JsonNode> stream = run("## Target files\n\n- ../mean.py\n- " + outside + "\n", ALL);

        assertThat(outside).hasContent(FAULTY);
        assertThat(calls(stream)).isEmpty();
    }

    @Test
    void a_target_that_leads_out_of_the_working_directory_is_not_touched() throws IOException {
        Path outside = Files.writeString(directory.resolveSibling("mean.py"), FAULTY);
        Links.symbolic(directory.resolve("link.py"), outside);

        List<JsonNode> stream = run("## Target files\n\n- link.py\n", ALL);

        assertThat(outside).hasContent(FAULTY);
        assertThat(calls(stream)).isEmpty();
    }

    @Test
    void a_file_without_the_fault_stays_as_it_is() throws IOException {
        Files.writeString(source, MENDED);

        List<JsonNode> stream = run(PROMPT, ALL);

        assertThat(calls(stream)).containsExactly("Read");
        assertThat(stream.get(stream.size() - 1).path("result").asText())
                .contains("nothing that this simulation can mend");
    }

    @Test
    void a_missing_option_is_named() {
        assertThatThrownBy(() -> SimulatedClaude.run(
                        List.of("-p", "--tools", ALL),
                        directory,
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream()))
                .hasMessage("[simulated] the option --settings is missing");
    }

    @Test
    void it_starts_as_a_process_and_ends_bad_usage_with_one_line() throws InterruptedException {
        ClaudeOptions options = SimulatedClaude.options();
        List<String> command = new ArrayList<>(List.of(options.command()));
        command.addAll(options.arguments());

        Command.Result result =
                new Command(new ProcessRunner()).run(command, directory, Map.of(), Duration.ofSeconds(60));

        assertThat(result).isInstanceOf(Command.Result.Ended.class);
        Command.Result.Ended ended = (Command.Result.Ended) result;
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.stderr().strip().lines()).hasSize(1);
        assertThat(ended.stderr()).contains("[simulated] the option --tools is missing");
    }

    private void rules(String allow, String deny) throws IOException {
        Files.writeString(settings, "{\"permissions\":{\"allow\":[" + allow + "],\"deny\":[" + deny + "]}}");
    }

    private List<JsonNode> run(String prompt, String tools) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                new String(bytes(prompt, tools), StandardCharsets.UTF_8).lines().toList()) {
            lines.add(Json.full().readTree(line));
        }
        return lines;
    }

    private byte[] bytes(String prompt, String tools) throws IOException {
        List<String> args = List.of(
                "-p",
                "--output-format",
                "stream-json",
                "--verbose",
                "--setting-sources",
                "",
                "--settings",
                settings.toString(),
                "--permission-mode",
                "dontAsk",
                "--tools",
                tools,
                "--session-id",
                "s-1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SimulatedClaude.run(args, directory, new ByteArrayInputStream(prompt.getBytes(StandardCharsets.UTF_8)), out);
        return out.toByteArray();
    }

    private static List<String> calls(List<JsonNode> stream) {
        return stream.stream()
                .map(line -> line.path("message").path("content").path(0))
                .filter(block -> block.path("type").asText().equals("tool_use"))
                .map(block -> block.path("name").asText())
                .toList();
    }

    /** The names of a line's fields, and of its message's and content's, by its type. */
    private static void fields(Map<String, Set<String>> into, JsonNode line) {
        String type = line.path("type").asText();
        JsonNode block = line.path("message").path("content").path(0);
        names(into, type, line);
        names(into, type + ".message", line.path("message"));
        names(into, type + "." + block.path("type").asText(), block);
    }

    private static void names(Map<String, Set<String>> into, String key, JsonNode node) {
        node.fieldNames()
                .forEachRemaining(name ->
                        into.computeIfAbsent(key, unused -> new HashSet<>()).add(name));
    }
}
