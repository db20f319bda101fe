package dev.orchestrator.cli;

import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.CurrentState;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description =
                "Removes what is left of tasks that ended long ago: their files, artifacts, or the records of their runs. What is"
                        + " not over, or is followed by something that is not, stays.")
final class CleanCommand extends ControlCommand {
    private static final int MOST_DAYS = 36_500;
    private static final int SHOWN = 40;
    private static final String NO_WAY_BACK =
            "The way back of what was approved goes with these: `approve --undo` is then refused for their tasks.";

    private final TimeSource time;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description =
                    "tasks, artifacts or runs. Without the records of its runs no change of a task can be undone.")
    private Cleaning.Kind kind;

    @Option(names = "--days", required = true, paramLabel = "N", description = "Only what ended more than N days ago.")
    private int days;

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    private boolean dryRun;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    CleanCommand(TimeSource time) {
        super(time);
        this.time = time;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (days < 0 || days > MOST_DAYS) {
            throw usage("--days " + days + ": use 0 to " + MOST_DAYS);
        }
        Home home = existingHome();
        if (dryRun) {
            if (kind == Cleaning.Kind.RUNS) {
                out().println(NO_WAY_BACK);
            }
            return told(cleaning(home).look(kind, Cleaning.entries(home, kind), before()), "would be removed");
        }
        if (DaemonInfo.running(home.daemonInfo()).isPresent()) {
            return give(new ControlClient.Wish("clean", null, kind + " " + days, List.of()));
        }
        Optional<LockFile> lock = LockFile.tryAcquire(home.daemonLock());
        if (lock.isEmpty()) {
            throw new CommandFailed(ExitCode.FAILED, "Somebody has just taken " + home.root() + "; say it once more.");
        }
        try {
            return told(
                    cleaning(home)
                            .clean(
                                    kind,
                                    Cleaning.entries(home, kind),
                                    before(),
                                    time.now(),
                                    tasks -> forget(home, tasks)),
                    "removed");
        } finally {
            lock.get().close();
        }
    }

    private static void forget(Home home, Set<TaskId> tasks) throws IOException {
        ArtifactIndex index = ArtifactIndex.open(home.index(), home.journal());
        index.forget(tasks);
        index.write();
    }

    private Instant before() {
        return time.now().minus(Duration.ofDays(days));
    }

    private static Cleaning cleaning(Home home) throws IOException {
        Snapshot state = CurrentState.of(home);
        return new Cleaning(home, state.active());
    }

    private Integer told(Cleaning.Report report, String what) {
        report.paths().stream().limit(SHOWN).forEach(path -> out().println(Shown.line(path, 200)));
        int more = report.paths().size() - SHOWN;
        if (more > 0) {
            out().println("and " + more + " more");
        }
        out().println(report.paths().size() + " " + report.kind().toString().toLowerCase(Locale.ROOT) + ", "
                + (report.bytes() >> 10) + " KB " + what + ".");
        report.problems().stream().limit(SHOWN).forEach(problem -> err().println(Shown.line(problem, 300)));
        return (report.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
