package dev.orchestrator.testkit;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the real CLI does when the API answers. */
class RealClaudeWorkTest extends RealClaudeCase {
    @Test
    void a_write_lands_on_disk() throws IOException {
        Script writes = script().tool(
                        "Write",
                        request -> Map.of(
                                "file_path",
                                Path.of(request.workingDirectory(), "hello.txt").toString(),
                                "content",
                                "hi\n"))
                .text("Created hello.txt.");
        try (ScriptedApi api = ScriptedApi.start(writes);
                ClaudeRun run = start(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(project.resolve("hello.txt")).hasContent("hi\n");
            assertThat(run.result().path("result").asText()).isEqualTo("Created hello.txt.");
            assertThat(run.result().path("terminal_reason").asText()).isEqualTo("completed");
            assertThat(api.requests()).hasSize(2);
            record("write", run, 0);
        }
    }

    @Test
    void a_write_outside_the_project_is_denied_and_listed() throws IOException {
        Path outside = config.resolve("outside.txt");
        Script writes = script().tool("Write", Map.of("file_path", outside.toString(), "content", "x"))
                .text("I could not write it.");
        try (ScriptedApi api = ScriptedApi.start(writes);
                ClaudeRun run = start(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(outside).doesNotExist();
            assertThat(run.result().path("permission_denials")).hasSize(1);
            assertThat(run.line("system", "permission_denied")).isPresent();
            record("denied-write", run, 0);
        }
    }

    @Test
    void a_command_that_is_denied_after_a_read_leaves_a_success() throws IOException {
        Path file = Files.writeString(project.resolve("a.txt"), "old\n");
        Script runs = script().tool("Read", Map.of("file_path", file.toString()))
                .tool("Bash", Map.of("command", "make install"))
                .text("I could not run it.");
        try (ScriptedApi api = ScriptedApi.start(runs);
                ClaudeRun run = runIn(api).offering("Bash").start(claude)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(run.result().path("is_error").asBoolean()).isFalse();
            assertThat(run.result().path("permission_denials")).hasSize(1);
            record("denied-bash", run, 0);
        }
    }

    @Test
    void a_command_that_is_denied_and_then_done_without() throws IOException {
        Path file = project.resolve("b.txt");
        Script runs = script().tool("Bash", Map.of("command", "make b.txt"))
                .tool("Write", Map.of("file_path", file.toString(), "content", "b\n"))
                .text("Made b.txt by hand.");
        try (ScriptedApi api = ScriptedApi.start(runs);
                ClaudeRun run = runIn(api).offering("Bash").start(claude)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(file).hasContent("b\n");
            assertThat(run.result().path("permission_denials")).hasSize(1);
            record("denied-then-done", run, 0);
        }
    }

    @Test
    void an_answer_without_a_word_is_a_success() throws IOException {
        Script silent = script().text("").text("");
        try (ScriptedApi api = ScriptedApi.start(silent);
                ClaudeRun run = start(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(run.result().path("subtype").asText()).isEqualTo("success");
            record("empty-answer", run, 0);
        }
    }

    @Test
    void an_edit_follows_a_read() throws IOException {
        Path file = Files.writeString(project.resolve("a.txt"), "old\n");
        Script edits = script().tool("Read", Map.of("file_path", file.toString()))
                .tool("Edit", Map.of("file_path", file.toString(), "old_string", "old", "new_string", "new"))
                .text("Changed a.txt.");
        try (ScriptedApi api = ScriptedApi.start(edits);
                ClaudeRun run = start(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(file).hasContent("new\n");
            record("edit", run, 0);
        }
    }

    @Test
    void a_read_only_answer_reads_and_changes_nothing() throws IOException {
        Path file = Files.writeString(project.resolve("a.txt"), "the secret is 42\n");
        Script reads =
                script().tool("Read", Map.of("file_path", file.toString())).text("The answer is 42.");
        try (ScriptedApi api = ScriptedApi.start(reads);
                ClaudeRun run = runIn(api).with("--tools", "Read,Grep,Glob").start(claude)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(api.requests().get(1).toolResults()).first().asString().contains("the secret is 42");
            assertThat(run.line("system", "init").orElseThrow().path("tools"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder("Read", "Grep", "Glob");
            record("read-only", run, 0);
        }
    }

    @Test
    void a_question_instead_of_work_is_an_ordinary_success() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("Which of the two files do you mean?"));
                ClaudeRun run = start(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(run.result().path("result").asText()).endsWith("?");
            assertThat(run.result().path("is_error").asBoolean()).isFalse();
            record("question", run, 0);
        }
    }

    @Test
    void reported_tokens_reach_the_result() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().usage(1234, 56).text("done"));
                ClaudeRun run = start(api)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(run.result().at("/usage/input_tokens").asLong()).isEqualTo(1234);
            assertThat(run.result().at("/usage/output_tokens").asLong()).isEqualTo(56);
        }
    }

    @Test
    void a_prompt_that_starts_with_a_slash_is_a_command_and_succeeds_without_work() throws IOException {
        try (ScriptedApi api = ScriptedApi.start(script().text("never asked"));
                ClaudeRun run = runIn(api).prompt("/help").start(claude)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(api.requests()).isEmpty();
            assertThat(run.result().path("num_turns").asInt()).isZero();
            record("slash-command", run, 0);
        }
    }

    @Test
    void a_mentioned_file_is_read_whatever_the_rules_allow() throws IOException {
        Path outside = Files.writeString(config.resolve("outside.txt"), "not yours\n");
        try (ScriptedApi api = ScriptedApi.start(script().text("done"));
                ClaudeRun run = runIn(api).prompt("see @" + outside + " MARK").start(claude)) {
            assertThat(run.await(LONG)).isZero();

            assertThat(api.requests("MARK").get(0).body().toString()).contains("not yours");
        }
    }

    @Test
    void two_runs_share_one_server() throws IOException {
        Routes routes =
                Routes.routes().when("MARK-A", script().text("answer A")).when("MARK-B", script().text("answer B"));
        Path otherFiles = Files.createDirectory(files.resolve("other"));
        try (ScriptedApi api = ScriptedApi.start(routes);
                ClaudeRun a = runIn(api).prompt("MARK-A").start(claude);
                ClaudeRun b = ClaudeRun.in(project, otherFiles)
                        .session(UUID.randomUUID().toString())
                        .environment(RealClaude.environment(config, api))
                        .prompt("MARK-B")
                        .start(claude)) {
            assertThat(List.of(a.await(LONG), b.await(LONG))).containsOnly(0);

            assertThat(a.result().path("result").asText()).isEqualTo("answer A");
            assertThat(b.result().path("result").asText()).isEqualTo("answer B");
        }
    }

    @Test
    void max_turns_stops_the_run() throws IOException {
        Script busy = script().tool("Glob", Map.of("pattern", "*")).text("never said");
        try (ScriptedApi api = ScriptedApi.start(busy);
                ClaudeRun run = runIn(api).with("--max-turns", "1").start(claude)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.result().path("subtype").asText()).isEqualTo("error_max_turns");
            assertThat(run.result().path("terminal_reason").asText()).isEqualTo("max_turns");
            record("max-turns", run, 1);
        }
    }

    @Test
    void max_budget_stops_the_run() throws IOException {
        Script costly = script().usage(100_000, 1_000)
                .tool("Glob", Map.of("pattern", "*"))
                .text("never said");
        try (ScriptedApi api = ScriptedApi.start(costly);
                ClaudeRun run = runIn(api).with("--max-budget-usd", "0.0001").start(claude)) {
            assertThat(run.await(LONG)).isOne();

            assertThat(run.result().path("subtype").asText()).isEqualTo("error_max_budget_usd");
            assertThat(run.result().path("terminal_reason").asText()).isEqualTo("budget_exhausted");
            record("max-budget", run, 1);
        }
    }
}
