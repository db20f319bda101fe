package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.process.Command;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.secret.Cut;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the program about itself, with the environment that a run would have and an empty standard input. Costs nothing and
 * sends nothing to the API. Thread-safe.
 */
public final class ClaudeProbe {
    /** The oldest version that knows every option and field that a run relies on. */
    public static final String OLDEST_VERSION = "2.1.214";

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6}\\.\\d{1,6}\\.\\d{1,6})\\b.*", Pattern.DOTALL);

    private final ClaudeOptions options;
    private final ClaudeProgram programs;
    private final Map<String, String> environment;
    private final Path directory;
    private final Duration atMost;

    /**
     * @param environment of this process, of which the program sees a part
     * @param directory to start the program in
     * @param atMost how long one answer may take
     */
    public ClaudeProbe(ClaudeOptions options, Map<String, String> environment, Path directory, Duration atMost) {
        this.options = options;
        this.programs = new ClaudeProgram(new Programs(environment, File.separatorChar == '\\'));
        this.environment = ClaudeEnvironment.of(environment, options.passEnv(), options.configDir());
        this.directory = directory;
        this.atMost = atMost;
    }

    /** What the program said. */
    public sealed interface Version {
        /** @param supported false when it is older than {@link #OLDEST_VERSION} */
        record Known(String version, boolean supported) implements Version {}

        record Unknown(String problem) implements Version {}
    }

    /** Whether there are credentials; nobody has tried whether the API takes them. */
    public sealed interface Login {
        /** @param method as the program calls it, such as {@code api_key} */
        record LoggedIn(String method) implements Login {}

        record LoggedOut() implements Login {}

        record Unknown(String problem) implements Login {}
    }

    public ClaudeProgram.Search program() {
        return programs.find(options.command());
    }

    public Version version() throws InterruptedException {
        Command.Result result = ask("--version");
        if (!(result instanceof Command.Result.Ended ended) || ended.exitCode() != 0) {
            return new Version.Unknown(problem("--version", result));
        }
        Matcher version = VERSION.matcher(ended.stdout().strip());
        return version.matches()
                ? new Version.Known(version.group(1), isSupported(version.group(1)))
                : new Version.Unknown("`--version` does not begin with a version: " + shown(ended.stdout()));
    }

    /** Exit code 1 is the answer "no", so the JSON decides. */
    public Login login() throws InterruptedException {
        Command.Result result = ask("auth", "status");
        if (!(result instanceof Command.Result.Ended ended)) {
            return new Login.Unknown(problem("auth status", result));
        }
        try {
            JsonNode status = Json.full().readTree(ended.stdout());
            if (!status.path("loggedIn").isBoolean()) {
                return new Login.Unknown(problem("auth status", result));
            }
            return status.path("loggedIn").asBoolean()
                    ? new Login.LoggedIn(shown(status.path("authMethod").asText("an unnamed method")))
                    : new Login.LoggedOut();
        } catch (JsonProcessingException e) {
            return new Login.Unknown(problem("auth status", result));
        }
    }

    private Command.Result ask(String... arguments) throws InterruptedException {
        ClaudeProgram.Search search = program();
        if (search instanceof ClaudeProgram.Search.Missing missing) {
            return new Command.Result.NotStarted(missing.problem());
        }
        List<String> command = new ArrayList<>();
        command.add(((ClaudeProgram.Search.Found) search).program().toString());
        command.addAll(options.arguments());
        command.addAll(List.of(arguments));
        return new Command(new ProcessRunner()).run(command, directory, environment, atMost);
    }

    static boolean isSupported(String version) {
        return Arrays.compare(numbers(version), numbers(OLDEST_VERSION)) >= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private String problem(String asked, Command.Result result) {
        if (result instanceof Command.Result.NotStarted failed) {
            return failed.problem();
        }
        if (result instanceof Command.Result.Ended ended) {
            String said = ended.stderr().isBlank() ? ended.stdout() : ended.stderr();
            return "`" + asked + "` ended with exit code " + ended.exitCode() + ": " + shown(said);
        }
        return "`" + asked + "` gave no answer within " + atMost.toSeconds() + " s";
    }

    /** One short line without characters that a terminal would obey. */
    private static String shown(String text) {
        String line = text.strip().lines().findFirst().orElse("nothing").replaceAll("\\p{Cntrl}", "?");
        return line.length() > 200 ? Cut.beginning(line, 200) + "..." : line;
    }
}
