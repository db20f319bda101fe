package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the commands have in common that remove what is old: the daemon does it, or they do while there is none. */
abstract class HousekeepingCommand extends ControlCommand {
    private static final int SHOWN = 40;
    private static final int MOST_DAYS = 36_500;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    HousekeepingCommand(TimeSource time) {
        super(time);
    }

    /**
     * {@code --json}, unless a daemon answers; {@code ok} and {@code message} are as in its answer.
     *
     * @param removed paths relative to the home
     * @param packed likewise, by the names that they had
     * @param bytes how much less there is on disk; of what would be packed nobody knows
     */
    record Report(
            String schemaVersion,
            String command,
            boolean dryRun,
            boolean ok,
            String message,
            List<String> removed,
            List<String> packed,
            long bytes,
            List<String> problems) {}

    /** What would be done; only looks. */
    abstract Report look(Home home) throws IOException;

    /** Does it, while nobody else has the home. */
    abstract Report work(Home home) throws IOException;

    /** For a daemon to do. */
    abstract ControlClient.Wish wish();

    /** To be called when the options are known to make sense. */
    final Integer lookOrWork() throws IOException, InterruptedException {
        Home home = home();
        if (dryRun) {
            return told(look(home));
        }
        if (DaemonInfo.running(home.daemonInfo()).isPresent()) {
            return give(wish());
        }
        Optional<LockFile> lock = LockFile.tryAcquire(home.daemonLock());
        if (lock.isEmpty()) {
            throw new CommandFailed(ExitCode.FAILED, "Somebody has just taken " + home.root() + "; say it once more.");
        }
        try {
            return told(work(home));
        } finally {
            lock.get().close();
        }
    }

    private Integer told(Report report) {
        if (asJson()) {
            printJson(report);
        } else {
            String would = report.dryRun() ? "would be " : "";
            list(report.removed(), would + "removed  ");
            list(report.packed(), would + "packed   ");
            out().println(report.message());
            report.problems().stream().limit(SHOWN).forEach(problem -> err().println(Shown.line(problem, 300)));
        }
        return (report.ok() ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private void list(List<String> paths, String what) {
        paths.stream().limit(SHOWN).forEach(path -> out().println(what + Shown.line(path, 200)));
        if (paths.size() > SHOWN) {
            out().println("and " + (paths.size() - SHOWN) + " more");
        }
    }

    final void checkDays(int days) {
        if (days < 0 || days > MOST_DAYS) {
            throw usage("--days " + days + ": use 0 to " + MOST_DAYS);
        }
    }

    final Instant daysAgo(int days) {
        return now().minus(Duration.ofDays(days));
    }
}
