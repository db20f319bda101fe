package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.housekeeping.Pruning;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.time.Duration;
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
final class PruneCommand extends ControlCommand {
    private static final int MOST_DAYS = 36_500;
    private static final int SHOWN = 40;

    private final TimeSource time;

    @Option(names = "--days", paramLabel = "N", description = "Remove what was written more than N days ago.")
    private @Nullable Integer days;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    PruneCommand(TimeSource time) {
        super(time);
        this.time = time;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (days != null && (days < 0 || days > MOST_DAYS)) {
            throw usage("--days " + days + ": use 0 to " + MOST_DAYS);
        }
        Home home = existingHome();
        if (dryRun) {
            return told(new Pruning(home).look(before()), "would be ");
        }
        if (DaemonInfo.running(home.daemonInfo()).isPresent()) {
            return give(new ControlClient.Wish("prune", null, days == null ? null : String.valueOf(days), List.of()));
        }
        Optional<LockFile> lock = LockFile.tryAcquire(home.daemonLock());
        if (lock.isEmpty()) {
            throw new CommandFailed(ExitCode.FAILED, "Somebody has just taken " + home.root() + "; say it once more.");
        }
        try {
            return told(new Pruning(home).prune(before(), closed -> true, Runnable::run), "");
        } finally {
            lock.get().close();
        }
    }

    private Optional<Instant> before() {
        return Optional.ofNullable(days).map(Duration::ofDays).map(time.now()::minus);
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
