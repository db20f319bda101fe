package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.housekeeping.Pruning;
import dev.orchestrator.housekeeping.Sentences;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description =
                "Packs what the journal has of long ago, and with --days removes it. Statistics keep all that counts; what is said"
                        + " of tasks that are not over stays. With it go retry, reply and undo of the tasks that it was about.")
final class PruneCommand extends HousekeepingCommand {
    @Option(names = "--days", paramLabel = "N", description = "Remove what was written more than N days ago.")
    private @Nullable Integer days;

    PruneCommand(TimeSource time) {
        super(time);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (days != null) {
            checkDays(days);
        }
        return lookOrWork();
    }

    @Override
    Report look(Home home) throws IOException {
        return report(new Pruning(home).look(before()), true);
    }

    @Override
    Report work(Home home) throws IOException {
        return report(new Pruning(home).prune(before(), closed -> true, Runnable::run), false);
    }

    @Override
    ControlClient.Wish wish() {
        return new ControlClient.Wish("prune", null, days == null ? null : String.valueOf(days), List.of());
    }

    private Optional<Instant> before() {
        return Optional.ofNullable(days).map(this::daysAgo);
    }

    private static Report report(Pruning.Report pruned, boolean dryRun) {
        return new Report(
                ReadCommand.SCHEMA_VERSION,
                "prune",
                dryRun,
                true,
                Sentences.pruned(pruned, dryRun),
                pruned.removed(),
                pruned.packed(),
                pruned.bytes(),
                List.of());
    }
}
