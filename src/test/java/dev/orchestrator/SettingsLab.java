package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.cli.DaemonRunner;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A home whose daemon runs in this process by settings of the test's, and an agent that writes down what it was given and does
 * what its prompt says.
 */
final class SettingsLab {
    static final Duration LONG = Duration.ofSeconds(30);

    private static final String AGENT = """
            #!/bin/sh
            seen=${0%/*}/seen
            prompt=$(cat)
            printf '%s\\n' "$prompt" >> "$seen/prompt"
            printf '%s\\n' "$*" >> "$seen/arguments"
            pwd >> "$seen/directory"
            env >> "$seen/environment"
            while [ $# -gt 0 ]; do
              [ "$1" = --settings ] && cat "$2" >> "$seen/rules"
              shift
            done
            result() {
              echo '{"type":"result","subtype":"success","num_turns":1,"session_id":"s",'"$1"'}'
            }
            case "$prompt" in *MARK-MUTE*) sleep 100 ;; esac
            echo '{"type":"system","subtype":"init","session_id":"s"}'
            case "$prompt" in
            *MARK-OFFLINE*) result '"is_error":true,"api_error":"connection_failed","result":"Unable to connect"'; exit 1 ;;
            esac
            echo '{"type":"assistant","message":{"model":"m","content":[{"type":"text","text":"working"}]}}'
            case "$prompt" in
            *MARK-HANG*) trap 'sleep 5; echo x > "$seen/late"; exit 0' TERM; while :; do sleep 0.05; done ;;
            *MARK-SLOW*) sleep 2 ;;
            *MARK-OVERLOADED*) result '"is_error":true,"api_error_status":529,"result":"Overloaded"'; exit 1 ;;
            *MARK-LIMIT*)
              echo '{"type":"rate_limit_event","rate_limit_info":{"status":"rejected","rateLimitType":"five_hour",'\\
            '"resetsAt":'$(($(date +%s) + 3600))',"isUsingOverage":false}}'
              result '"is_error":true,"api_error_status":429,"result":"You have hit your session limit"'; exit 1 ;;
            *MARK-ASK*) said='QUESTION: Shall I go on?' ;;
            *MARK-LONG*) said="$(cat "${0%/*}/report")" ;;
            *MARK-WRITE*) echo new > made ;;
            *MARK-TOUCH*) echo new > made; echo x >> "$seen/../watched" ;;
            esac
            result '"is_error":false,"total_cost_usd":1,"result":"'"${said:-done}"'"'
            case "$prompt" in *MARK-LINGER*) sleep 5; echo x > "$seen/late" ;; esac
            """;

    /** More than a person wants to read. */
    private static final String REPORT = """
            The login page sends the form to a handler that reads the name before it has checked the length of the body. \
            Sessions are kept in memory, so a restart forgets who was there, and two machines never agree about anybody. \
            Passwords are compared with a function that ends at the first difference, which tells a patient guesser much. \
            Errors are caught in one place and written with the whole request, cookies included, to a file that all may read. \
            Dates come from the browser and are trusted when a discount is computed, which somebody will find out one day. \
            Images are resized on the thread that answers, and large ones hold up whoever came later for some seconds. \
            The tests cover the arithmetic of the basket well, and nothing of the above.""";

    final Path directory;
    final Home home;
    private final Path seen;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    SettingsLab(Path temp) throws IOException {
        directory = temp.toRealPath();
        home = new Home(directory.resolve("home"));
        home.prepare();
        seen = Files.createDirectory(directory.resolve("seen"));
        Path agent = Files.writeString(directory.resolve("agent.sh"), AGENT);
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.resolve("report"), REPORT);
        environment.put("PATH", System.getenv("PATH"));
        settings.put("claude.command", agent.toString());
        // What the agent writes down lies outside of its directory.
        settings.put("guard.sandbox", "off");
        settings.put("intake.debounce", "20ms");
    }

    SettingsLab set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    SettingsLab without(String name) {
        settings.remove(name);
        return this;
    }

    SettingsLab variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A task that only reads, in a directory of its own. */
    SettingsLab drop(String id, String text, String... frontMatter) throws IOException {
        List<String> head = new ArrayList<>(List.of("id: " + id));
        head.addAll(List.of(frontMatter));
        if (Stream.of(frontMatter).noneMatch(line -> line.startsWith("cwd: "))) {
            Files.createDirectories(home.root().resolve(id));
            head.add("cwd: " + id);
        }
        return file(id, "type: analyze\n" + String.join("\n", head), text);
    }

    SettingsLab file(String stem, String head, String text) throws IOException {
        Files.writeString(home.tasks().resolve(stem + ".task.md"), "---\n" + head + "\n---\n" + text + "\n");
        return this;
    }

    Config config() {
        return ((ConfigOutcome.Loaded) ConfigLoader.load(home, settings, environment)).config();
    }

    /** Until nothing is left to do. */
    DaemonRunner.Result.Stopped once() throws IOException, InterruptedException {
        DaemonRunner.Request request =
                new DaemonRunner.Request(home, settings, environment, true, Optional.empty(), true);
        DaemonRunner.Result result = new LocalDaemon().run(request, new Silent());
        assertThat(result).isInstanceOf(DaemonRunner.Result.Stopped.class);
        return (DaemonRunner.Result.Stopped) result;
    }

    /** One that has not begun. */
    Orchestrator daemon(TimeSource time) throws IOException {
        Config config = config();
        return daemon(() -> config, time);
    }

    /** The same by settings that may become others. */
    Orchestrator daemon(Supplier<Config> config, TimeSource time) throws IOException {
        return new Orchestrator(
                home,
                config,
                () -> new ClaudeOptions(config.get().claude().command(), List.of(), List.of(), null),
                new ProcessRunner(),
                environment,
                Redactor.SHAPES_ONLY,
                "test",
                new Random(1),
                time);
    }

    /** What the agents wrote down under this name, in the order of their starts; empty when nothing. */
    String seen(String name) throws IOException {
        Path file = seen.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** How often an agent was started. */
    long starts() throws IOException {
        return seen("directory").lines().count();
    }

    JsonNode artifact(String id) throws IOException {
        return new ObjectMapper().readTree(Files.readString(home.artifact(new TaskId(id))));
    }

    /** How {@code id} failed. */
    String category(String id) throws IOException {
        return artifact(id).at("/error/category").asText();
    }

    List<JsonNode> events(String name) throws IOException {
        return SchemaCheck.journal(home).stream()
                .filter(line -> line.path("event").asText().equals(name))
                .toList();
    }

    void awaitEvent(String name) {
        Await.until(LONG, () -> !events(name).isEmpty());
    }

    private static final class Silent implements DaemonRunner.Listener {
        @Override
        public void note(String text) {}

        @Override
        public void ready() {}
    }
}
