package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.files.Trees;
import dev.orchestrator.testkit.ApiRequest;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person goes on with a task that is over or asked something, with the real CLI. */
class RealCliReplyTest {
    @TempDir
    Path temp;

    private Path real;
    private Path file;

    @BeforeEach
    void lay_out() throws IOException {
        real = temp.toRealPath();
        file = real.resolve("home/shop/price.txt");
        Files.createDirectories(file.getParent());
    }

    private Map<String, Object> writes(String text) {
        return Map.of("file_path", file.toString(), "content", text + "\n");
    }

    private static ApiRequest last(ScriptedApi api) {
        List<ApiRequest> requests = api.requests();
        return requests.get(requests.size() - 1);
    }

    private static void drop(OrchestratorRun run) throws IOException {
        run.drop("price", "Set the price in price.txt.", "type: bug_fix", "cwd: shop");
    }

    @Test
    void an_answer_goes_into_the_session_that_asked_and_the_work_is_done() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("I looked.\n\nQUESTION: In euros or in dollars?")
                .tool("Write", writes("3 euros"))
                .text("The price is in euros."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run);
            run.once();
            assertThat(run.artifact("price").path("status").asText()).isEqualTo("awaiting_reply");

            run.command("reply", "price", "In euros, please.\nThree of them.");
            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(artifact.path("turn").asInt()).isEqualTo(2);
            assertThat(artifact.path("turn_of").asText()).isEqualTo("price");
            assertThat(file).hasContent("3 euros");
            assertThat(artifact.path("conversation").findValuesAsText("role"))
                    .containsExactly("user", "agent", "user", "agent");
            assertThat(artifact.path("conversation").findValuesAsText("turn")).containsExactly("1", "1", "2", "2");
            assertThat(artifact.at("/conversation/2/content").asText()).isEqualTo("In euros, please.\nThree of them.");
            assertThat(last(api).body().toString())
                    .contains("Set the price in price.txt.", "In euros or in dollars?", "Three of them.");
            assertThat(run.events("price", "attempt_started")
                            .get(1)
                            .path("resumed")
                            .asBoolean())
                    .isTrue();
            assertThat(real.resolve("home/results/price.turn-1.json")).exists();
        }
    }

    @Test
    void a_task_that_succeeded_changes_its_course_when_it_is_told_to() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().tool("Write", writes("3"))
                .text("The price is 3.")
                .tool("Write", writes("4"))
                .text("The price is 4."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run);
            run.once();
            run.command("reply", "price", "Make it 4 instead.");
            run.once();

            assertThat(file).hasContent("4");
            assertThat(run.artifact("price").path("status").asText()).isEqualTo("succeeded");
            assertThat(run.artifact("price").path("result").asText()).isEqualTo("The price is 4.");
            ApiRequest reply = api.requests().stream()
                    .filter(request -> request.body().toString().contains("Make it 4 instead."))
                    .findFirst()
                    .orElseThrow();
            assertThat(reply.lastPrompt()).isEqualTo("Make it 4 instead.");
        }
    }

    @Test
    void when_the_session_is_gone_a_fresh_one_knows_what_was_done_and_said() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(
                script().tool("Write", writes("3")).text("The price is 3 now, as the old catalogue had it."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run);
            run.once();
            Trees.delete(real.resolve("config/.claude/projects"));
            api.use(script().tool("Read", Map.of("file_path", file.toString()))
                    .tool("Write", writes("4"))
                    .text("The price is 4."));
            run.command("reply", "price", "Make it 4 instead.");
            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(file).hasContent("4");
            JsonNode last =
                    artifact.path("attempts").get(artifact.path("attempts").size() - 1);
            assertThat(last.path("resumed").asBoolean()).isFalse();
            assertThat(last(api).body().toString())
                    .contains(
                            "Set the price in price.txt.",
                            "Turn 1 of this task: succeeded",
                            "as the old catalogue had it",
                            "price.txt (added)",
                            "Make it 4 instead.");
        }
    }

    @Test
    void a_task_that_follows_another_knows_what_that_did() throws Exception {
        Path note = file.resolveSibling("note.txt");
        try (ScriptedApi api = ScriptedApi.start(
                script().tool("Write", writes("3")).text("The price is 3 now, as the old catalogue had it."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run);
            run.once();
            api.use(script().tool("Write", Map.of("file_path", note.toString(), "content", "done"))
                    .text("Noted."));
            run.drop("note", "Write down what was done.", "type: custom", "cwd: shop", "after: [price]");
            run.once();
            assertThat(run.artifact("note").path("status").asText()).isEqualTo("succeeded");
            assertThat(last(api).body().toString())
                    .contains("Task `price`: succeeded", "as the old catalogue had it", "price.txt (added)");
        }
    }

    @Test
    void what_is_said_to_a_task_that_there_is_not_begins_nothing() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script())) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            run.command("reply", "nobody", "Hello?");
            run.once();
            assertThat(run.events("turn_started")).isEmpty();
            try (var answers = Files.list(run.home.controlDone())) {
                assertThat(answers)
                        .singleElement()
                        .satisfies(
                                answer -> assertThat(Files.readString(answer)).contains("There is no task nobody."));
            }
        }
    }

    @Test
    void a_dropped_file_says_something_to_a_task_once_whatever_happens_to_the_file() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().tool("Write", writes("3 dollars"))
                .text("I set the price in price.txt to 3 dollars.")
                .tool("Write", writes("3 euros"))
                .text("The price in price.txt is 3 euros now."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run);
            run.once();

            run.file("euros", "---\nturn_of: price\n---\nIn euros, please.\n");
            run.once();

            JsonNode artifact = run.artifact("price");
            assertThat(artifact.path("turn").asInt()).isEqualTo(2);
            assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
            assertThat(file).hasContent("3 euros");
            assertThat(artifact.at("/conversation/2/content").asText()).isEqualTo("In euros, please.");
            assertThat(run.events("price", "turn_started")
                            .get(0)
                            .at("/source/file")
                            .asText())
                    .isEqualTo("euros.task.md");

            // As a crash leaves it that comes between the journal and the move.
            Path put;
            try (var files = Files.list(run.home.processed())) {
                put = files.filter(path -> path.getFileName().toString().contains(".reply-"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.move(put, run.home.tasks().resolve("euros.task.md"));
            run.once();

            assertThat(run.artifact("price").path("turn").asInt()).isEqualTo(2);
            assertThat(run.events("price", "turn_started")).hasSize(1);
            assertThat(put).exists();
        }
    }

    @Test
    void a_file_for_a_task_that_there_is_not_is_rejected() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("never"))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            run.file("euros", "---\nturn_of: prise\n---\nIn euros, please.\n");

            run.once();

            assertThat(Files.readString(run.home.rejected().resolve("euros.task.md.reason.json")))
                    .contains("There is no task prise.");
        }
    }

    @Test
    void a_reply_that_came_to_nothing_is_said_again_when_the_task_is_done_again() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().tool("Write", writes("3 dollars"))
                .text("I set the price in price.txt to 3 dollars.")
                .text("As an AI language model I cannot help with that request.")
                .tool("Write", writes("3 euros"))
                .text("The price in price.txt is 3 euros now."))) {
            OrchestratorRun run = new OrchestratorRun(real, api);
            drop(run);
            run.once();
            run.command("reply", "price", "In euros, please.");
            run.once();
            assertThat(run.artifact("price").path("status").asText()).isEqualTo("failed");

            run.command("retry", "price", "");
            run.once();

            assertThat(run.artifact("price").path("status").asText()).isEqualTo("succeeded");
            assertThat(run.artifact("price").at("/conversation/4/content").asText())
                    .isEqualTo("In euros, please.");
            assertThat(run.events("price", "turn_started")
                            .get(1)
                            .path("message")
                            .asText())
                    .isEqualTo("In euros, please.");
        }
    }
}
