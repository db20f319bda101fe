package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.testkit.LoopbackTelegram;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a home is found, named, and comes with what mends it. */
@Timeout(60)
class BrokenHomesTest {
    @TempDir
    Path root;

    /** Breaks a home that is well but for the CLI, which is not there. */
    @FunctionalInterface
    interface Breaking {
        void in(Path home) throws IOException;
    }

    private static Breaking settings(String yaml) {
        return home -> write(home.resolve("orchestrator.yaml"), yaml);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static Arguments broken(String name, Breaking breaking, String check, String detail, String remedy) {
        return Arguments.of(name, breaking, check, detail, remedy);
    }

    static Stream<Arguments> homes() {
        return Stream.of(
                broken(
                        "a setting that is none",
                        settings("worker: 3\n"),
                        "settings values",
                        "Did you mean workers?",
                        "where it was found"),
                broken("a file that is no YAML", settings("claude: [\n"), "settings values", "orchestrator.yaml", ""),
                broken(
                        "a value that cannot be",
                        settings("workers: many\n"),
                        "settings values",
                        "from 1 to 64",
                        "where it was found"),
                broken(
                        "a root that is not there",
                        settings("claude:\n  allowed_roots: [/no/such/root]\n"),
                        "settings roots",
                        "/no/such/root",
                        "mkdir"),
                broken(
                        "a file where a directory belongs",
                        home -> write(home.resolve("results"), "x"),
                        "home directory",
                        "results is not a directory",
                        "mv "),
                broken(
                        "a daemon that died",
                        home -> write(
                                home.resolve("logs/daemon.json"),
                                "{\"schema_version\":\"1.0\",\"pid\":2000000000,\"started_at\":\"2026-11-22T00:00:00.000Z\","
                                        + "\"process_started_at\":\"2026-11-22T00:00:00.000Z\",\"version\":\"0.1.0\","
                                        + "\"stopping_since\":null}\n"),
                        "home daemon",
                        "died without a word",
                        "run"),
                broken(
                        "a template with a key that is none",
                        home -> write(home.resolve("templates/mine.md"), "---\nmode: fast\n---\nDo {{prompt}}\n"),
                        "home templates",
                        "templates/mine.md",
                        ""),
                broken(
                        "a schedule that is never due",
                        home -> write(home.resolve("schedules/x.task.md"), "---\nschedule: 0 0 30 2 *\n---\nLook.\n"),
                        "home schedules",
                        "is never due",
                        "five fields"),
                broken(
                        "an agent without its program",
                        settings("agents:\n  mine:\n    command: [no-such-program]\n    unsandboxed: true\n"),
                        "agents programs",
                        "no-such-program",
                        "Install"),
                broken(
                        "a local model that nobody serves",
                        settings("ollama:\n  url: http://127.0.0.1:1\n  model: llama3.2\n"),
                        "model ollama",
                        "127.0.0.1:1",
                        ""),
                broken(
                        "a webhook where nobody listens",
                        settings("notices:\n  webhook_url: http://127.0.0.1:1/hook\n"),
                        "notices webhook",
                        "127.0.0.1",
                        ""),
                broken("no CLI", home -> {}, "claude program", "no program", "npm install"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("homes")
    void what_is_broken_is_found_and_comes_with_a_remedy(
            String name, Breaking breaking, String check, String detail, String remedy) throws IOException {
        breaking.in(root);

        JsonNode found = find(doctor(Map.of()), check);

        say(name, found);
        assertThat(found.path("verdict").asText()).isIn("fail", "warn");
        assertThat(found.path("detail").asText()).contains(detail);
        assertThat(found.path("remedy").asText()).isNotBlank().contains(remedy);
    }

    @Test
    void a_bot_that_nobody_knows_is_found() throws IOException {
        try (LoopbackTelegram telegram = new LoopbackTelegram()) {
            JsonNode found = find(
                    doctor(Map.of(
                            "ORCHESTRATOR_TELEGRAM_TOKEN", "999:no-token-of-anybody",
                            "ORCHESTRATOR_TELEGRAM_URL", telegram.url(),
                            "ORCHESTRATOR_TELEGRAM_ALLOWED_USERS", "42")),
                    "notices telegram");
            say("a token of nobody", found);
            assertThat(found.path("verdict").asText()).isEqualTo("warn");
            assertThat(found.toString()).doesNotContain("999:no-token-of-anybody");
        }
    }

    private JsonNode doctor(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", "");
        environment.put("ORCHESTRATOR_CLAUDE_COMMAND", "no-such-program");
        TestCli cli = new TestCli(root);
        int code = cli.run("doctor", new DoctorCommand(environment, Thread::new, TimeSource.system()), "--json");
        assertThat(code).isEqualTo(1);
        return Json.full().readTree(cli.out());
    }

    private static JsonNode find(JsonNode report, String check) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode each : report.path("checks")) {
            if ((each.path("group").asText() + " " + each.path("name").asText()).equals(check)) {
                found.add(each);
            }
        }
        assertThat(found).as(check + " in " + report).hasSize(1);
        return found.get(0);
    }

    private static void say(String name, JsonNode found) {
        System.out.println(name + ": " + found.path("verdict").asText() + " "
                + found.path("group").asText() + " " + found.path("name").asText() + ": "
                + found.path("detail").asText() + "\n    mend it: "
                + found.path("remedy").asText());
    }
}
