package dev.orchestrator.cli;

import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.cli.SubmittedTask.Outcome;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Durations;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.Problem;
import dev.orchestrator.intake.AgentChoice;
import dev.orchestrator.intake.TaskDrop;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.intake.file.TaskDraft;
import dev.orchestrator.intake.file.TaskFileCheck;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = "Checks a task file and puts it into tasks/, where the daemon takes it from.")
final class SubmitCommand extends HomeCommand {
    private static final String STANDARD_INPUT = "-";

    private final Map<String, String> environment;
    private final InputStream in;
    private final TimeSource time;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The task file; - or nothing: standard input.")
    private String file = STANDARD_INPUT;

    @Option(names = "--id", paramLabel = "ID", description = "The id of the task, for a file that names none.")
    private @Nullable String id;

    @Option(
            names = "--wait",
            description =
                    "Wait for the end: 0 when the task succeeded, 1 when not, 4 when there is no daemon or no agent.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Wait at most this long, such as 90s or 10m. The task goes on.")
    private @Nullable String timeout;

    SubmitCommand(Map<String, String> environment, InputStream in, TimeSource time) {
        this.environment = environment;
        this.in = in;
        this.time = time;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<TaskId> wanted = Optional.ofNullable(id).map(this::wantedId);
        Optional<Duration> atMost = Optional.ofNullable(timeout).map(this::duration);
        Home home = home();
        Config config = config(home);
        Templates templates = new Templates(home.templates());
        byte[] content = read(config.intake().maxFileSize());
        TaskFileCheck check = new TaskFileCheck(
                templates::names,
                config.intake().maxFileSize(),
                AgentChoice.of(config)::problem,
                draft -> brokenTemplate(draft, templates));
        TaskFileCheck.Result.Fine fine = checked(check, content);
        if (wanted.isPresent() && fine.id().isEmpty()) {
            content = TaskFileCheck.withId(content, wanted.get());
            checked(check, content);
        } else if (wanted.isPresent() && !fine.id().equals(wanted)) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    shownFile() + " names the id " + fine.id().get() + ". Remove it there, or leave out --id.");
        }
        return submit(home, name(fine, wanted), content, atMost).code();
    }

    /** The daemon would take it, and fail it when its turn comes. */
    private static Optional<Rejection> brokenTemplate(TaskDraft draft, Templates templates) {
        String type = draft.spec().type();
        return type != null && templates.find(type) instanceof Templates.Search.Invalid invalid
                ? Optional.of(new Rejection(
                        "template " + invalid.where(), null, invalid.why().remedy()))
                : Optional.empty();
    }

    private ExitCode submit(Home home, String name, byte[] content, Optional<Duration> atMost)
            throws IOException, InterruptedException {
        SubmittedTask task = new SubmittedTask(home, hold -> err().println(Shown.hold(hold)), time);
        TaskDrop.Dropped dropped = new TaskDrop(home).drop(name, content);
        String shown = home.relative(dropped.file());
        out().println("Submitted " + shown);
        boolean daemonIsGone = DaemonInfo.running(home.daemonInfo()).isEmpty();
        if (daemonIsGone) {
            String what = "No daemon runs in " + home.root() + "; " + shown + " waits there. Start one with"
                    + " `orchestrator --home \"" + home.root() + "\" run`.";
            err().println(what);
            return wait ? ExitCode.UNAVAILABLE : ExitCode.DONE;
        }
        return wait
                ? told(home, shown, task.await(String.valueOf(dropped.file().getFileName()), dropped.sha256(), atMost))
                : ExitCode.DONE;
    }

    private ExitCode told(Home home, String shown, Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Ended ended) {
            return ended(home, ended);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    shown + " was rejected: " + rejected.event().reason() + ". "
                            + rejected.event().remedy() + " It lies at "
                            + rejected.event().movedTo() + " now.");
        }
        if (outcome instanceof Outcome.DaemonGone gone) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE,
                    "The daemon stopped. " + subject(gone.id(), shown) + " is kept, and goes on when one runs again.");
        }
        if (outcome instanceof Outcome.Stuck stuck) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE,
                    Shown.hold(stuck.hold()) + "\nTask " + stuck.id() + " is kept, and goes on when that is mended.");
        }
        Outcome.OutOfTime late = (Outcome.OutOfTime) outcome;
        throw new CommandFailed(
                ExitCode.FAILED, "Waited " + timeout + ". " + subject(late.id(), shown) + " is not over and goes on.");
    }

    private ExitCode ended(Home home, Outcome.Ended ended) throws IOException {
        out().println("Task " + ended.id() + ": " + ended.status());
        Optional<Artifact> artifact = new ArtifactStore(home).find(ended.id());
        artifact.map(Artifact::error).ifPresent(error -> {
            out().println("  why:     " + Shown.safe(error.message()) + " (" + error.category() + ")");
            out().println("  next:    " + Shown.safe(error.suggestedAction()));
        });
        out().println("  summary: " + home.summary(ended.id()));
        return ended.status() == TaskStatus.SUCCEEDED ? ExitCode.DONE : ExitCode.ofFailed(artifact);
    }

    private byte[] read(long maxBytes) throws IOException {
        // One byte more than is accepted is enough to know that it is too much.
        int most = (int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1);
        if (file.equals(STANDARD_INPUT)) {
            return in.readNBytes(most);
        }
        if (!Files.isRegularFile(Path.of(file))) {
            throw new CommandFailed(ExitCode.USAGE, "There is no file " + file + ".");
        }
        try (InputStream from = Files.newInputStream(Path.of(file))) {
            return from.readNBytes(most);
        }
    }

    private TaskFileCheck.Result.Fine checked(TaskFileCheck check, byte[] content) {
        TaskFileCheck.Result result = check.check(fileName().orElse("task.task.md"), content);
        if (result instanceof TaskFileCheck.Result.Wrong wrong) {
            throw new CommandFailed(ExitCode.FAILED, shownFile() + " was not submitted: " + wrong.problem());
        }
        return (TaskFileCheck.Result.Fine) result;
    }

    private String name(TaskFileCheck.Result.Fine fine, Optional<TaskId> wanted) {
        return TaskDrop.nameFor(fileName()
                .orElseGet(() -> wanted.or(fine::id).map(TaskId::value).orElse(fine.title())));
    }

    private Optional<String> fileName() {
        return file.equals(STANDARD_INPUT)
                ? Optional.empty()
                : Optional.of(String.valueOf(Path.of(file).getFileName()));
    }

    private Config config(Home home) {
        ConfigOutcome outcome = ConfigLoader.load(home, Map.of(), environment);
        if (outcome instanceof ConfigOutcome.Invalid invalid) {
            throw new CommandFailed(
                    ExitCode.CONFIGURATION,
                    invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return ((ConfigOutcome.Loaded) outcome).config();
    }

    private TaskId wantedId(String text) {
        TaskId.problem(text).ifPresent(problem -> {
            throw usage("--id '" + text + "' " + problem + ".");
        });
        return TaskId.parse(text);
    }

    private Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage("--timeout '" + text + "' " + e.getMessage() + ". Use " + Durations.FORM + ".");
        }
    }

    private static String subject(Optional<TaskId> id, String shown) {
        return id.map(known -> "Task " + known).orElse(shown);
    }

    private String shownFile() {
        return fileName().orElse("standard input");
    }
}
