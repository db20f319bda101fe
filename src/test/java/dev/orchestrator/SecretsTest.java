package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.simulated.SimulatedClaude;
import dev.orchestrator.cli.Cli;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.health.OpenDoors;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.Canaries;
import dev.orchestrator.testkit.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are put wherever they can come from, and looked for wherever they could come out. */
@Timeout(120)
class SecretsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API_KEY = "alpha-4711-not-a-known-shape";
    private static final String VARIABLE = "quoted\"and\\slashed ünd 77";
    private static final String IN_FILE = "only-in-dotenv-8812";
    private static final String OVERRIDDEN = "weaker-than-the-variable-1";
    private static final String TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    private static final String OTHER_TOKEN = "glpat-x9Y8z7W6v5U4t3S2r1Q0";
    private static final List<String> ALL = List.of(API_KEY, VARIABLE, IN_FILE, OVERRIDDEN, TOKEN, OTHER_TOKEN);

    private final Canaries canaries = new Canaries(ALL);
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter said = new StringWriter();
    private Path root;
    private Home home;
    private Path project;

    @BeforeEach
    void home(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        home = new Home(root.resolve("home"));
        Files.createDirectories(home.tasks());
        project = Files.createDirectories(home.root().resolve("project"));
        environment.putAll(
                Map.of("PATH", System.getenv("PATH"), "ANTHROPIC_API_KEY", API_KEY, "MY_SECRET_TOKEN", VARIABLE));
        Files.writeString(home.dotenv(), "DB_PASSWORD=" + IN_FILE + "\nMY_SECRET_TOKEN='" + OVERRIDDEN + "'\n");
    }

    @Test
    void the_simulated_agent_is_told_of_secrets_and_no_record_has_them() throws Exception {
        drop("known", "# Look at " + TOKEN, everything("Look."));

        run(SimulatedClaude.options());

        assertThat(home.processed(new TaskId("known"), TaskStatus.SUCCEEDED))
                .content()
                .contains(ALL);
        assertThat(artifact("known").path("title").asText()).isEqualTo("Look at [redacted]");
        nowhere();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the agent is a shell script")
    void what_an_agent_says_and_what_goes_wrong_with_it_is_written_without_secrets() throws Exception {
        for (String value : ALL) {
            says(tool("Bash", Map.of("command", "curl -H 'X: " + value + "' x")));
            says(tool("Write", Map.of("file_path", "/outside/" + value, "content", value)));
            says(Map.of(
                    "type", "assistant", "message", Map.of("content", List.of(Map.of("type", "text", "text", value)))));
            errors("warning: " + value);
        }
        says(result(everything("Done.")));
        drop("said", "# Say it", "Say it.");

        run(leaky());

        String stream = Files.readString(home.runs(new TaskId("said")).resolve("turn-1.attempt-1.stream.ndjson"));
        assertThat(stream.lines())
                .allSatisfy(line -> assertThat(JSON.readTree(line).isObject()).isTrue());
        assertThat(stream).contains("[redacted]");
        nowhere();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the agent is a shell script")
    void a_failure_is_told_without_secrets() throws Exception {
        Files.createFile(project.resolve("fails"));
        errors("error: unknown option " + String.join(" ", ALL));
        drop("failed", "# Fail", "Fail.");

        run(leaky());

        assertThat(home.journal()).content().contains("attempt_finished").contains("[redacted]");
        nowhere();
    }

    @Test
    void a_file_that_is_not_understood_is_rejected_without_saying_its_secrets() throws Exception {
        for (int i = 0; i < ALL.size(); i++) {
            Files.writeString(
                    home.tasks().resolve("r" + i + ".task.md"), "---\n'" + ALL.get(i) + "': x\n---\nDo it.\n");
        }

        run(SimulatedClaude.options());

        assertThat(home.rejected().resolve("r4.task.md.reason.json")).content().contains("[redacted]");
        nowhere();
    }

    /** The user has removed the file, and what the journal has is not what was asked for. */
    @Test
    void a_task_is_not_done_again_with_holes_in_its_text() throws Exception {
        drop("known", "# Look", everything("Look."), "expected_files: [not-there.txt]");
        run(SimulatedClaude.options());
        Files.delete(home.processed(new TaskId("known"), TaskStatus.FAILED));
        Files.writeString(
                home.control().resolve("1.json"),
                "{\"schema_version\":1,\"command\":\"retry\",\"task_id\":\"known\",\"by\":\"" + TOKEN
                        + "\",\"at\":\"2026-11-22T23:53:51.300Z\"}");

        run(SimulatedClaude.options());

        assertThat(artifact("known").path("turn").asInt()).isEqualTo(2);
        assertThat(artifact("known").at("/error/message").asText()).contains("the secrets that were in it");
        assertThat(home.accepted(new TaskId("known"))).doesNotExist();
        nowhere();
    }

    @Test
    void commands_are_answered_and_told_without_the_secrets_in_them() throws Exception {
        Files.createDirectories(home.control());
        Files.writeString(
                home.control().resolve("1.json"),
                "{\"schema_version\":1,\"command\":\"pause\",\"text\":\"" + TOKEN
                        + "\",\"by\":\"cli\",\"at\":\"2026-11-22T23:53:51.300Z\"}");
        Files.writeString(
                home.control().resolve("2.json"),
                "{\"schema_version\":1,\"command\":\"" + TOKEN
                        + "\",\"by\":\"cli\",\"at\":\"2026-11-22T23:53:51.300Z\"}");

        run(SimulatedClaude.options());

        assertThat(home.controlDone().resolve("2.json")).content().contains("no command `[redacted]`");
        assertThat(home.journal()).content().contains("queue_paused").contains("[redacted]");
        nowhere();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions are others there")
    void a_home_that_was_open_to_others_is_closed_and_where_files_are_dropped_is_not() throws Exception {
        for (Path directory : List.of(home.tasks(), home.logs(), home.results(), home.summaries())) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
        }

        run(SimulatedClaude.options());

        assertThat(List.of(home.logs(), home.results(), home.summaries()))
                .allSatisfy(
                        directory -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                                .isEqualTo("rwx------"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.tasks())))
                .isEqualTo("rwxrwxr-x");
        assertThat(home.operatorLog()).content().contains("results was open to other users");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions are others there")
    void what_others_can_change_is_warned_of_once_and_left_as_it_is() throws Exception {
        Files.createDirectories(home.schedules());
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(home.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(home.schedules(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(home.dotenv(), PosixFilePermissions.fromString("rw-r--r--"));
        assumeThat(OpenDoors.told(home, ConfigLoader.load(home, Map.of(), environment)))
                .as("temporary files are where others may enter")
                .isPresent();

        run(SimulatedClaude.options());

        assertThat(Files.readAllLines(home.operatorLog()))
                .filteredOn(line -> line.contains("WARN"))
                .singleElement()
                .asString()
                .endsWith("In " + home.root()
                        + " other users can change schedules and can read .env; `doctor` says how to close that.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.schedules())))
                .isEqualTo("rwxrwxrwx");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions are others there")
    void every_file_of_ours_is_private_from_the_start() throws Exception {
        drop("known", "# Look", everything("Look."));

        run(SimulatedClaude.options());

        for (Path directory : List.of(home.logs(), home.results(), home.summaries(), home.control())) {
            try (var files = Files.walk(directory)) {
                assertThat(files.filter(file -> !Files.isSymbolicLink(file)))
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
            }
        }
    }

    private void nowhere() throws Exception {
        canaries.areInNoFileOf(home.root(), words());
        SchemaCheck.files(home);
        command("status");
        command("stats");
        command("tail-events", "-n", "1000");
        command("tail-events", "-n", "1000", "--json");
        for (String id : List.of("known", "said", "failed")) {
            command("status", id);
            command("show", id);
            command("show", id, "--json");
            command("show", id, "--transcript");
            command("show", id, "--prompt");
        }
        canaries.areNotIn(said.toString());
    }

    /** Where the user's own words stay: the task files, and the settings. */
    private Predicate<Path> words() {
        return file -> file.equals(home.dotenv())
                || file.startsWith(project)
                || (file.startsWith(home.tasks()) && file.toString().endsWith(".task.md"));
    }

    private void run(ClaudeOptions agent) throws Exception {
        DaemonRunner.Request request = new DaemonRunner.Request(
                home, Map.of("intake.debounce", "20ms"), environment, true, Optional.of(agent), false);
        assertThat(new LocalDaemon().run(request, new DaemonRunner.Listener() {
                    @Override
                    public void note(String text) {
                        said.append(text);
                    }

                    @Override
                    public void ready() {}
                }))
                .isInstanceOf(DaemonRunner.Result.Stopped.class)
                .satisfies(result -> said.append(result.toString()));
    }

    private void command(String... args) {
        PrintWriter out = new PrintWriter(said, true);
        String[] all = new String[args.length + 2];
        all[0] = "--home";
        all[1] = home.root().toString();
        System.arraycopy(args, 0, all, 2, args.length);
        new Cli(environment, out, out, new LocalDaemon(), Threads.numbered("check")).run(all);
    }

    private void drop(String id, String heading, String text, String... more) throws IOException {
        Files.writeString(
                home.tasks().resolve(id + ".task.md"),
                "---\nid: " + id + "\ntype: analyze\nretries: 0\ncwd: project\n" + String.join("\n", more) + "\n---\n"
                        + heading + "\n\n" + text + "\n");
    }

    private static String everything(String before) {
        return before + "\n\n" + String.join("\n\n", ALL);
    }

    private ClaudeOptions leaky() throws IOException {
        Path program = root.resolve("leaky.sh");
        try (InputStream script = SecretsTest.class.getResourceAsStream("/hostile/leaky.sh")) {
            Files.write(program, script.readAllBytes());
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        if (!Files.exists(project.resolve("says"))) {
            Files.createFile(project.resolve("says"));
        }
        return new ClaudeOptions(program.toString(), List.of(), List.of(), null);
    }

    private void says(Map<String, ?> line) throws IOException {
        append("says", JSON.writeValueAsString(line));
    }

    private void errors(String line) throws IOException {
        append("errors", line);
    }

    private void append(String name, String line) throws IOException {
        Files.writeString(
                project.resolve(name),
                line + "\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }

    private static Map<String, ?> tool(String name, Map<String, ?> input) {
        String id = "t" + input.hashCode();
        return Map.of(
                "type",
                "assistant",
                "message",
                Map.of("content", List.of(Map.of("type", "tool_use", "id", id, "name", name, "input", input))));
    }

    private static Map<String, ?> result(String text) {
        return Map.of(
                "type",
                "result",
                "subtype",
                "success",
                "is_error",
                false,
                "result",
                text,
                "num_turns",
                1,
                "session_id",
                "s",
                "terminal_reason",
                "completed");
    }

    private JsonNode artifact(String id) throws IOException {
        return JSON.readTree(Files.readString(home.artifact(new TaskId(id))));
    }
}
