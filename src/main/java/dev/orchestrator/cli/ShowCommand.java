package dev.orchestrator.cli;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.ContextLoader;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.KnownSecrets;
import dev.orchestrator.guard.staging.TurnFiles;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.view.ResultQuery;
import dev.orchestrator.view.RunRecords;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one task: what came of it, what its agent did, or what the agent was told.")
final class ShowCommand extends ReadCommand {
    private final Map<String, String> environment;

    @Parameters(index = "0", paramLabel = "ID", description = "The task.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @ArgGroup
    private Part part = new Part();

    @Option(names = "--turn", paramLabel = "N", description = "An earlier turn (default: the latest).")
    private @Nullable Integer turn;

    /** @param environment of this process, whose secrets are not shown, nor those in {@code .env} */
    ShowCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What of the task; the summary when nothing is said. */
    static final class Part {
        @Option(names = "--summary", description = "The summary. This is the default.")
        private boolean summary;

        @Option(names = "--transcript", description = "What the agent said and did.")
        private boolean transcript;

        @Option(names = "--diff", description = "What a guarded task changed in its copy, as a patch.")
        private boolean diff;

        @Option(names = "--prompt", description = "What the agent was told.")
        private boolean prompt;

        @Option(names = "--context", description = "What the agent would be told of what was done so far, by a reply.")
        private boolean context;
    }

    @Override
    public Integer call() throws IOException {
        TaskId task = taskId(id);
        if (turn != null && turn < 1) {
            throw usage("--turn " + turn + ": turns are counted from 1");
        }
        if (asJson() && (part.summary || part.transcript || part.prompt || part.diff || part.context)) {
            throw usage(
                    "--json prints the artifact; --summary, --transcript, --prompt, --context and --diff print text");
        }
        if (part.diff) {
            printDiff(task);
        } else if (part.context) {
            printContext(task);
        } else if (part.transcript || part.prompt) {
            printRecords(task);
        } else {
            printResult(task);
        }
        return ExitCode.DONE.code();
    }

    private void printResult(TaskId task) throws IOException {
        ResultQuery results = new ResultQuery(home());
        if (asJson()) {
            out().print(results.artifact(task, turn).orElseThrow(() -> notThere(task)));
        } else {
            out().print(ending(Shown.safe(results.summary(task, turn).orElseThrow(() -> notThere(task)))));
        }
    }

    private void printDiff(TaskId task) throws IOException {
        Path patch = home().patch(task);
        if (turn != null) {
            patch = new TurnFiles(home().runs(task), turn).patch();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(patch))) {
            new DiffText(out(), isColoured()).print(in);
        } catch (NoSuchFileException e) {
            throw absent(
                    task,
                    task + " has no change that waited for approval. `show " + task
                            + "` says what it changed; only a guarded task has a patch.");
        }
    }

    /** As it would be told now, or as it was told when a turn began. */
    private void printContext(TaskId task) throws IOException {
        ArtifactStore artifacts = new ArtifactStore(home());
        Artifact latest = artifacts.find(task).orElseThrow(() -> notThere(task));
        int tokens = ConfigLoader.load(home(), Map.of(), environment) instanceof ConfigOutcome.Loaded loaded
                ? loaded.config().contextTokens()
                : Integer.MAX_VALUE / ContextLoader.CHARS_A_TOKEN;
        String context = new ContextLoader(artifacts, () -> tokens)
                .of(
                        task,
                        turn == null ? latest.turn() + 1 : turn,
                        latest.parentTaskId() == null ? List.of() : List.of(latest.parentTaskId()));
        out().print(Shown.safe(context.isEmpty() ? "(nothing)\n" : ending(context)));
    }

    private void printRecords(TaskId task) throws IOException {
        RunRecords records = new RunRecords(home().runs(task));
        int shown = turn == null ? records.latestTurn() : turn;
        List<RunFiles> attempts = records.attempts(shown);
        if (attempts.isEmpty()) {
            throw absent(
                    task,
                    "Nothing is kept of a run of " + task + (turn == null ? "" : " in turn " + turn)
                            + ": no agent was started, or `clean runs` has removed it. `status " + task
                            + "` shows how it stands.");
        }
        // Of a turn that is not over, they are as they were written.
        Redactor redactor = KnownSecrets.redactor(home(), Map.of(), environment);
        for (RunFiles attempt : attempts) {
            out().println(bold("== turn " + attempt.turn() + ", attempt " + attempt.attempt() + " =="));
            if (part.prompt) {
                out().print(ending(Shown.safe(redactor.redact(text(attempt.prompt())))));
            } else {
                printTranscript(attempt, redactor);
            }
        }
    }

    private void printTranscript(RunFiles attempt, Redactor redactor) throws IOException {
        TranscriptText transcript = new TranscriptText(out());
        // Of an agent that is a command nobody knows what its lines mean.
        Consumer<String> print =
                Files.exists(attempt.exit()) ? line -> out().println(Shown.safe(line)) : transcript::line;
        try (var lines = new java.io.BufferedReader(
                new java.io.InputStreamReader(Files.newInputStream(attempt.stream()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                print.accept(redactor.redact(line));
            }
        } catch (NoSuchFileException e) {
            out().println("(the agent has not said anything)");
        }
    }

    private CommandFailed notThere(TaskId task) {
        Home home = home();
        String what =
                turn == null ? task + " has no result in " + home.root() : task + " has no result of turn " + turn;
        return absent(task, what + ". `status " + task + "` shows whether it is under way.");
    }

    /** The prompt may be missing when a crash came between; bytes that are no UTF-8 become question marks. */
    private static String text(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "(not there)";
        }
    }

    private static String ending(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }
}
