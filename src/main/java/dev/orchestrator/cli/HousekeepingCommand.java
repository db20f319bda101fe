package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the commands have in common that remove what is old: the daemon does it, or they do while there is none. */
abstract class HousekeepingCommand extends ControlCommand {
    static final int SHOWN = 40;
    private static final int MOST_DAYS = 36_500;

    private final TimeSource time;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    HousekeepingCommand(TimeSource time) {
        super(time);
        this.time = time;
    }

    /** What would be done; only looks. */
    abstract Integer look(Home home) throws IOException;

    /** Does it, while nobody else has the home. */
    abstract Integer work(Home home) throws IOException;

    /** For a daemon to do. */
    abstract ControlClient.Wish wish();

    /** To be called when the options are known to make sense. */
    final Integer lookOrWork() throws IOException, InterruptedException {
        Home home = existingHome();
        if (dryRun) {
            return look(home);
        }
        if (DaemonInfo.running(home.daemonInfo()).isPresent()) {
            return give(wish());
        }
        Optional<LockFile> lock = LockFile.tryAcquire(home.daemonLock());
        if (lock.isEmpty()) {
            throw new CommandFailed(ExitCode.FAILED, "Somebody has just taken " + home.root() + "; say it once more.");
        }
        try {
            return work(home);
        } finally {
            lock.get().close();
        }
    }

    final void checkDays(int days) {
        if (days < 0 || days > MOST_DAYS) {
            throw usage("--days " + days + ": use 0 to " + MOST_DAYS);
        }
    }

    final Instant now() {
        return time.now();
    }

    final Instant daysAgo(int days) {
        return now().minus(Duration.ofDays(days));
    }
}
