package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.housekeeping.Pruning;
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
    Integer look(Home home) throws IOException {
        return told(new Pruning(home).look(before()), "would be ");
    }

    @Override
    Integer work(Home home) throws IOException {
        return told(new Pruning(home).prune(before(), closed -> true, Runnable::run), "");
    }

    @Override
    ControlClient.Wish wish() {
        return new ControlClient.Wish("prune", null, days == null ? null : String.valueOf(days), List.of());
    }

    private Optional<Instant> before() {
        return Optional.ofNullable(days).map(this::daysAgo);
    }

    private Integer told(Pruning.Report report, String would) {
        report.removed().stream().limit(SHOWN).forEach(path -> out().println(would + "removed  " + path));
        report.packed().stream().limit(SHOWN).forEach(path -> out().println(would + "packed   " + path));
        out().println(report.removed().size() + " segments " + would + "removed, "
                + report.packed().size() + " " + would + "packed"
                + (would.isEmpty() ? ", " + (report.bytes() >> 10) + " KB less." : "."));
        return ExitCode.DONE.code();
    }
}
