package dev.orchestrator.cli;

import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.CurrentState;
import java.io.IOException;
import java.util.List;
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
final class CleanCommand extends HousekeepingCommand {
    private static final String NO_WAY_BACK =
            "The way back of what was approved goes with these: `approve --undo` is then refused for their tasks.";

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description =
                    "tasks, artifacts or runs. Without the records of its runs no change of a task can be undone.")
    private Cleaning.Kind kind;

    @Option(names = "--days", required = true, paramLabel = "N", description = "Only what ended more than N days ago.")
    private int days;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    CleanCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkDays(days);
        return lookOrWork();
    }

    @Override
    Integer look(Home home) throws IOException {
        if (kind == Cleaning.Kind.RUNS) {
            out().println(NO_WAY_BACK);
        }
        return told(cleaning(home).look(kind, Cleaning.entries(home, kind), daysAgo(days)), "would be removed");
    }

    @Override
    Integer work(Home home) throws IOException {
        Cleaning.Report report = cleaning(home)
                .clean(kind, Cleaning.entries(home, kind), daysAgo(days), now(), tasks -> forget(home, tasks));
        return told(report, "removed");
    }

    @Override
    ControlClient.Wish wish() {
        return new ControlClient.Wish("clean", null, kind + " " + days, List.of());
    }

    private static void forget(Home home, Set<TaskId> tasks) throws IOException {
        ArtifactIndex index = ArtifactIndex.open(home.index(), home.journal());
        index.forget(tasks);
        index.write();
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
        out().println(report.paths().size() + " " + report.kind() + ", " + (report.bytes() >> 10) + " KB " + what
                + ".");
        report.problems().stream().limit(SHOWN).forEach(problem -> err().println(Shown.line(problem, 300)));
        return (report.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
