package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.agent.run.FileTail;
import dev.orchestrator.guard.Bounds;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.hook.GuardServer;
import dev.orchestrator.guard.hook.Watch;
import dev.orchestrator.guard.project.Standing;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tries the guard with the program itself, in a directory of its own: whether it asks before it uses a tool, and what it does
 * when nobody answers. A model that is played on this machine reaches out; no account is needed, and nothing leaves the machine.
 */
public final class GuardTrial {
    private static final OwnFiles NOTHING_OWN = new OwnFiles(List.of(), List.of(), false);
    private static final List<String> GRANTED = List.of("Bash(touch *)");

    private final ClaudeOptions options;
    private final Map<String, String> environment;
    private final GuardServer server;
    private final Duration atMost;
    private final TimeSource time;

    /**
     * @param environment of this process, of which the program sees a part
     * @param server whom the program is to ask; stays open
     * @param atMost how long one run may take
     */
    public GuardTrial(
            ClaudeOptions options,
            Map<String, String> environment,
            GuardServer server,
            Duration atMost,
            TimeSource time) {
        this.options = options;
        this.environment = Map.copyOf(environment);
        this.server = server;
        this.atMost = atMost;
        this.time = time;
    }

    /**
     * Lets the program write inside, write outside, and run a command that only the guard grants, with a guard that answers.
     *
     * @param directory empty; stays as the trial left it
     * @return what is wrong; empty when all is as it must be
     */
    public Optional<String> asked(Path directory) throws IOException, InterruptedException {
        Place place = new Place(directory.toRealPath());
        try (Watch watch = watch(place)) {
            Optional<String> failed = run(place, watch.address());
            if (failed.isPresent()) {
                return failed;
            }
            return Stream.of("toolu_0", "toolu_1", "toolu_2").allMatch(watch.sightings()::hasSeen)
                    ? place.problem(true)
                    : Optional.of("it did not ask before it used a tool");
        }
    }

    /** The same, with nobody who answers at the guard's address. */
    public Optional<String> unanswered(Path directory) throws IOException, InterruptedException {
        Place place = new Place(directory.toRealPath());
        URI gone;
        try (Watch watch = watch(place)) {
            gone = watch.address();
        }
        Optional<String> failed = run(place, gone);
        return failed.isPresent() ? failed : place.problem(false);
    }

    private Watch watch(Place place) throws IOException {
        Policy policy = new Policy(place.bounds(), NOTHING_OWN, noSecrets());
        return server.watch(policy, place.root().resolve("guard.ndjson"));
    }

    private static SecretFiles noSecrets() {
        return new SecretFiles(List.of());
    }

    /** Where a trial happens, and what has to be there afterwards. */
    private record Place(Path root) {
        Path work() {
            return root.resolve("work");
        }

        Path inside() {
            return work().resolve("inside.txt");
        }

        Path outside() {
            return root.resolve("outside.txt");
        }

        Path granted() {
            return work().resolve("granted.txt");
        }

        Bounds bounds() {
            return new Bounds(work(), Access.WRITE, List.of(), GRANTED);
        }

        List<PlayedModel.Call> calls() {
            return List.of(
                    new PlayedModel.Call("Write", Map.of("file_path", outside().toString(), "content", "x")),
                    new PlayedModel.Call("Write", Map.of("file_path", inside().toString(), "content", "x")),
                    new PlayedModel.Call("Bash", Map.of("command", "touch granted.txt", "description", "x")));
        }

        Optional<String> problem(boolean answered) {
            if (Files.exists(outside())) {
                return Optional.of("a file outside of the task's directory was written");
            }
            if (!Files.exists(inside())) {
                return Optional.of("a file in the task's directory could not be written");
            }
            if (answered && !Files.exists(granted())) {
                return Optional.of("a command that the guard granted was not run");
            }
            return !answered && Files.exists(granted())
                    ? Optional.of("a command was run that nobody granted")
                    : Optional.empty();
        }
    }

    private Optional<String> run(Place place, URI guard) throws IOException, InterruptedException {
        Files.createDirectories(place.work());
        try (PlayedModel model = PlayedModel.start(place.calls())) {
            Launch launch =
                    launcher(place, model).start(request(place), noSecrets(), Optional.of(guard), new Standing.Off());
            if (launch instanceof Launch.NotStarted failed) {
                return Optional.of("the program could not be started: " + failed.problem());
            }
            return ended(((Launch.Started) launch).process(), place);
        }
    }

    private Optional<String> ended(RunningProcess process, Place place) throws IOException, InterruptedException {
        if (!process.waitFor(atMost)) {
            new ProcessRunner().family(process, mark(place), time).stop(Duration.ZERO);
            return Optional.of("the program did not end within " + atMost.toSeconds() + " s");
        }
        int code = process.exitCode().orElse(0);
        return code == 0
                ? Optional.empty()
                : Optional.of("the program ended with exit code " + code + ": "
                        + FileTail.text(request(place).files().stderr(), Redactor.SHAPES_ONLY)
                                .strip());
    }

    private ClaudeLauncher launcher(Place place, PlayedModel model) {
        Map<String, String> own = new HashMap<>(environment);
        // Nothing of the user's may lead to another API than the one that is played.
        own.keySet().removeIf(name -> name.startsWith("ANTHROPIC_") || name.startsWith("CLAUDE_"));
        own.put("ANTHROPIC_BASE_URL", model.address());
        own.put("ANTHROPIC_API_KEY", "played");
        ClaudeOptions there = new ClaudeOptions(
                options.command(),
                options.arguments(),
                options.passEnv(),
                place.root().resolve("config"));
        return new ClaudeLauncher(
                () -> there,
                new ClaudeProgram(new Programs(environment, File.separatorChar == '\\')),
                new ClaudeSettings(run -> NOTHING_OWN),
                Confinement.none(),
                new ProcessRunner(),
                own,
                place.root());
    }

    private AgentRequest request(Place place) {
        return new AgentRequest(
                new TaskId("trial"),
                time.now(),
                mark(place),
                false,
                BigDecimal.ZERO,
                "This is a trial of the guard.",
                place.work(),
                place.work(),
                List.of(),
                Access.WRITE,
                GRANTED,
                null,
                null,
                null,
                new Clocks(atMost, atMost, atMost, atMost, Duration.ZERO),
                null,
                new RunFiles(place.root().resolve("run"), 1, 1));
    }

    /** A session id, the same for one place. */
    private static String mark(Place place) {
        return UUID.nameUUIDFromBytes(place.root().toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
