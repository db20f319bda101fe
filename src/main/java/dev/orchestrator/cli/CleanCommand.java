package dev.orchestrator.cli;

import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.housekeeping.Sentences;
import dev.orchestrator.state.Snapshot;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.CurrentState;
import java.io.IOException;
import java.time.Duration;
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
    Report look(Home home) throws IOException {
        if (kind == Cleaning.Kind.RUNS && !asJson()) {
            out().println(NO_WAY_BACK);
        }
        return report(cleaning(home).look(kind, Cleaning.entries(home, kind), daysAgo(days)), true);
    }

    @Override
    Report work(Home home) throws IOException {
        Cleaning.Report report = cleaning(home)
                .clean(kind, Cleaning.entries(home, kind), daysAgo(days), now(), tasks -> forget(home, tasks));
        return report(report, false);
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

    private Report report(Cleaning.Report cleaned, boolean dryRun) {
        return new Report(
                ReadCommand.SCHEMA_VERSION,
                "clean",
                dryRun,
                cleaned.problems().isEmpty(),
                Sentences.cleaned(kind, Duration.ofDays(days), cleaned.paths().size(), cleaned.bytes(), dryRun),
                cleaned.paths(),
                List.of(),
                cleaned.bytes(),
                cleaned.problems());
    }
}
