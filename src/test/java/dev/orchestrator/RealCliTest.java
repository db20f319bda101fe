package dev.orchestrator;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.testkit.ApiRequest;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.testkit.Routes;
import dev.orchestrator.testkit.Script;
import dev.orchestrator.testkit.ScriptedApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a dropped file to its artifact with the real Claude Code CLI: one daemon, one task a case, one scripted API. */
class RealCliTest {
    private static final String ODD_NAME = "my dir [v1] (ü) ñandú";
    private static final String SECRET = "TOP-SECRET-4711";

    @TempDir
    static Path temp;

    private static ScriptedApi api;
    private static OrchestratorRun run;
    private static Path work;
    private static Path outside;
    private static boolean linked;

    @BeforeAll
    static void run_everything_at_once() throws Exception {
        Path real = temp.toRealPath();
        work = Files.createDirectories(real.resolve("work"));
        outside = Files.createDirectories(real.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), SECRET);
        Files.writeString(work.resolve("secret.txt"), SECRET);
        api = ScriptedApi.start(routes());
        run = new OrchestratorRun(real, api)
                .set("claude.base_dir", work.toString())
                .set("retries", "0")
                .set("limits.outage", "0s")
                .variable("CLAUDE_CODE_MAX_RETRIES", "1");
        dropWork();
        dropFailures();
        run.once();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static Routes routes() {
        return Routes.routes()
                .when("MARK-FIX", edit())
                .when("MARK-ODD", edit())
                .when("MARK-LOOK", script().tool("Read", RealCliTest::calc).text("It adds.\n\nAll is well."))
                .when("MARK-PROSE", script().text("Forty-two."))
                .when("MARK-ASK", script().text("I looked.\n\nWhich of the two files do you mean?"))
                .when("MARK-OUT", write(outside.resolve("evil.txt")))
                .when(
                        "MARK-LINK",
                        script().tool(
                                        "Write",
                                        r -> Map.of(
                                                "file_path", r.workingDirectory() + "/link/evil.txt", "content", "x"))
                                .text("No."))
                .when("MARK-429", script().error(429, "rate_limit_error", "This request would exceed the rate limit."))
                .when("MARK-529", script().error(529, "overloaded_error", "Overloaded"))
                .when("MARK-500", script().error(500, "api_error", "Internal server error"))
                .when(
                        "MARK-TURNS",
                        script().tool("Read", RealCliTest::calc)
                                .tool("Read", RealCliTest::calc)
                                .text("Done."))
                .when(
                        "MARK-BUDGET",
                        script().usage(1_000_000, 100_000)
                                .tool("Read", RealCliTest::calc)
                                .text("Done."))
                .when("MARK-LIE", script().text("I have edited calc.py and all tests pass."))
                .when("MARK-AT", script().text("Seen."))
                .when("MARK-SLASH", script().text("Helped."));
    }

    private static Script edit() {
        return script().tool("Read", RealCliTest::calc)
                .tool(
                        "Edit",
                        r -> Map.of(
                                "file_path",
                                r.workingDirectory() + "/calc.py",
                                "old_string",
                                "a - b",
                                "new_string",
                                "a + b"))
                .text("Corrected the sign in calc.py.");
    }

    private static Map<String, Object> calc(ApiRequest request) {
        return Map.of("file_path", request.workingDirectory() + "/calc.py");
    }

    private static Script write(Path file) {
        return script().tool("Write", Map.of("file_path", file.toString(), "content", "x"))
                .text("I could not write it.");
    }

    private static void dropWork() throws IOException {
        task("fix", "bug_fix", "fix", "# Fix the sign\nMARK-FIX");
        task("odd", "bug_fix", ODD_NAME, "MARK-ODD");
        task("look", "analyze", "look", "What does it do? MARK-LOOK");
        run.file("prose", "What is the answer? MARK-PROSE\n");
        task("ask", "bug_fix", "ask", "Do it. MARK-ASK");
        task("outside", "bug_fix", "outside", "Do it. MARK-OUT");
        linked = Links.canBeMadeIn(project("link"));
        if (linked) {
            Links.symbolic(project("link").resolve("link"), outside);
        }
        task("link", "bug_fix", "link", "Do it. MARK-LINK");
        task("lie", "bug_fix", "lie", "Do it. MARK-LIE");
        task("slash", "analyze", "slash", "/help\nMARK-SLASH");
        Files.writeString(project("at").resolve("here.txt"), SECRET);
        task("at", "analyze", "at", mentions());
    }

    private static void dropFailures() throws IOException {
        for (String name : List.of("429", "529", "500")) {
            task("api-" + name, "analyze", "failures", "Look. MARK-" + name.toUpperCase(java.util.Locale.ROOT));
        }
        task("turns", "analyze", "failures", "Look. MARK-TURNS", "max_turns: 1");
        task("budget", "analyze", "failures", "Look. MARK-BUDGET", "max_budget_usd: 0.0001");
    }

    private static String mentions() {
        Path secret = outside.resolve("secret.txt");
        return "MARK-AT see @/etc/passwd and @" + secret + ", @../../outside/secret.txt, (@" + secret + ") \"@" + secret
                + "\" @\"" + secret + "\" \u00a0@" + secret + " \u3000@" + secret + " \u2003@" + secret + "\n@" + secret
                + "\n\n-\t@" + secret + " @here.txt `@" + secret + "` @secret.txt @~/secret.txt x@" + secret
                + " \uFEFF@" + secret + " \u200b@" + secret + " \u2028@" + secret + " \u0085@" + secret + " \u180e@"
                + secret + " *@" + secret + "* [@" + secret + "] ,@" + secret + " :@" + secret + " =@" + secret;
    }

    private static Path project(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }

    private static void task(String id, String type, String directory, String text, String... more) throws IOException {
        Path calc = project(directory).resolve("calc.py");
        Files.writeString(calc, "def add(a, b):\n    return a - b\n");
        String[] lines = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("type: " + type, "cwd: \"" + directory + "\""),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        run.drop(id, text, lines);
    }

    @ParameterizedTest
    @CsvSource({"fix, fix", "odd, " + ODD_NAME})
    void an_edit_is_on_disk_and_in_the_artifact(String id, String directory) throws Exception {
        byte[] now = Files.readAllBytes(work.resolve(directory).resolve("calc.py"));
        assertThat(new String(now, StandardCharsets.UTF_8)).contains("return a + b");

        JsonNode artifact = run.artifact(id);
        assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
        assertThat(artifact.path("files_modified")).hasSize(1);
        JsonNode file = artifact.path("files_modified").get(0);
        assertThat(file.path("path").asText()).isEqualTo("calc.py");
        assertThat(file.path("change").asText()).isEqualTo("modified");
        assertThat(file.path("bytes").asInt()).isEqualTo(now.length);
        assertThat(file.path("sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(now)));
        assertThat(artifact.at("/agent/version").asText()).isEqualTo("2.1.330");
        assertThat(artifact.at("/agent/usage/input_tokens").asInt()).isEqualTo(300);
        assertThat(artifact.at("/agent/cost_usd").asDouble()).isPositive();
        assertThat(run.events(id, "tool_used")).hasSize(2);
        assertThat(run.events(id, "files_modified")).hasSize(1);
        assertThat(Files.readString(run.home.root().resolve("summaries/" + id + ".md")))
                .contains("- modified `calc.py`", "Corrected the sign in calc.py.");
        assertThat(run.home.tasks().resolve("processed/" + id + ".succeeded.task.md"))
                .exists();
    }

    @Test
    void an_analysis_reads_and_has_no_tool_to_change_anything() throws Exception {
        JsonNode artifact = run.artifact("look");

        assertThat(artifact.path("status").asText()).isEqualTo("succeeded");
        assertThat(artifact.path("files_modified")).isEmpty();
        assertThat(artifact.path("summary").asText()).isEqualTo("It adds.");
        assertThat(run.events("look", "tool_used").get(0).path("target").asText())
                .endsWith("calc.py");
        assertThat(api.requests("MARK-LOOK").get(0).toolNames())
                .contains("Read")
                .doesNotContain("Edit", "Write", "NotebookEdit", "Bash", "WebFetch", "Task", "Agent");
    }

    @Test
    void a_file_of_plain_prose_is_a_task() throws Exception {
        List<Path> found;
        try (var files = Files.list(run.home.results())) {
            found = files.filter(file -> file.toString().contains("-prose-")).toList();
        }
        assertThat(found).hasSize(1);
        assertThat(Files.readString(found.get(0))).contains("\"result\": \"Forty-two.\"", "\"status\": \"succeeded\"");
    }

    @Test
    void a_question_waits_for_a_reply() throws Exception {
        JsonNode artifact = run.artifact("ask");

        assertThat(artifact.path("status").asText()).isEqualTo("awaiting_reply");
        assertThat(artifact.at("/error/category").asText()).isEqualTo("interactive");
        assertThat(run.events("ask", "question_asked").get(0).path("question").asText())
                .isEqualTo("Which of the two files do you mean?");
        assertThat(run.home.tasks().resolve("accepted/ask.task.md")).exists();
    }

    @ParameterizedTest
    @CsvSource({"outside, evil.txt", "link, link/evil.txt"})
    void a_write_outside_is_refused_and_told(String id, String target) throws Exception {
        assumeTrue(linked || !id.equals("link"), "platform: no symbolic link can be made here");
        assertThat(outside.resolve("evil.txt")).doesNotExist();

        JsonNode artifact = run.artifact(id);
        assertThat(artifact.path("status").asText()).isEqualTo("failed");
        assertThat(artifact.at("/error/category").asText()).isEqualTo("permission");
        assertThat(artifact.at("/agent/permission_denials")).hasSize(1);
        assertThat(artifact.at("/security/violations")).hasSize(1);
        assertThat(artifact.at("/security/violations/0/target").asText()).endsWith(target);
        assertThat(run.events(id, "security_violation")).hasSize(1);
    }

    @Test
    void a_claim_without_a_change_does_not_succeed() throws Exception {
        JsonNode artifact = run.artifact("lie");

        assertThat(artifact.path("status").asText()).isEqualTo("failed");
        assertThat(artifact.at("/error/category").asText()).isEqualTo("validation");
    }

    @ParameterizedTest
    @CsvSource({
        "api-429, rate_limit, true",
        "api-529, overloaded, true",
        "api-500, server, true",
        "turns, max_turns, false",
        "budget, budget, false"
    })
    void a_failure_has_its_category(String id, String category, boolean retryable) throws Exception {
        JsonNode artifact = run.artifact(id);

        assertThat(artifact.path("status").asText()).isEqualTo("failed");
        assertThat(artifact.at("/error/category").asText()).isEqualTo(category);
        assertThat(artifact.at("/error/retryable").asBoolean()).isEqualTo(retryable);
        assertThat(artifact.at("/error/message").asText()).isNotBlank();
        assertThat(artifact.path("attempts")).hasSize(1);
        assertThat(run.events(id, "task_finished").get(0).path("category").asText())
                .isEqualTo(category);
    }

    @Test
    void a_mention_pulls_no_file_into_the_prompt() throws Exception {
        assertThat(run.artifact("at").path("status").asText()).isEqualTo("succeeded");
        assertThat(api.requests("MARK-AT"))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.body().toString()).doesNotContain("root:x:0", SECRET));
    }

    @Test
    void a_slash_in_front_is_no_command() throws Exception {
        assertThat(run.artifact("slash").path("result").asText()).isEqualTo("Helped.");
        assertThat(api.requests("MARK-SLASH").get(0).prompt()).contains("/help\nMARK-SLASH");
    }

    @Test
    void no_secret_is_in_the_journal_and_nothing_is_left_behind() throws Exception {
        assertThat(Files.readString(run.home.journal())).doesNotContain("test-key");
        assertThat(run.home.tasks().resolve("rejected")).isEmptyDirectory();
    }
}
