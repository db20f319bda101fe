package dev.orchestrator.health;

import dev.orchestrator.config.Home;
import dev.orchestrator.config.HomeLeftovers;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.Refused;
import dev.orchestrator.journal.JournalReader;
import dev.orchestrator.journal.LineFormat;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Checks of the home: its directories, who runs it, the disk it lies on, and the clock its journal was written by. */
final class HomeChecks {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long LITTLE_SPACE = 1024 * MEGABYTE;
    private static final long TOO_LITTLE_SPACE = 100 * MEGABYTE;
    /** Clocks that are kept by the network can differ by this much and be fine. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final Home home;
    private final TimeSource time;

    HomeChecks(Home home, TimeSource time) {
        this.home = home;
        this.time = time;
    }

    List<Check> all() {
        return List.of(
                new Check("home", "directory", this::directory),
                new Check("home", "daemon", this::daemon),
                new Check("machine", "disk", this::disk),
                new Check("machine", "clock", this::clock));
    }

    /** Tries what the daemon does all the time: write a file, and rename it over another. */
    CheckResult directory() {
        if (!Files.exists(home.root())) {
            return CheckResult.warn(home.root() + " does not exist yet", "mkdir " + quoted(home.root()));
        }
        List<Path> directories = new ArrayList<>(List.of(home.root()));
        directories.addAll(home.ownDirectories().stream().filter(Files::exists).toList());
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                return CheckResult.fail(
                        directory + " is not a directory",
                        "mv " + quoted(directory) + " "
                                + quoted(directory.resolveSibling(directory.getFileName() + ".old")));
            }
            Optional<String> problem = tryRename(directory);
            if (problem.isPresent()) {
                return CheckResult.fail(
                        problem.get(),
                        "chmod -R u+rwX " + quoted(home.root()) + ", or choose a directory of your own with --home.");
            }
        }
        return CheckResult.ok(home.root() + " can be written, and files in it are replaced in one step");
    }

    private Optional<String> tryRename(Path directory) {
        try {
            // What an earlier doctor left says nothing about the directory.
            HomeLeftovers.sweepDoctors(directory, time.now());
            Path fresh = temporary(directory);
            try {
                Path target = temporary(directory);
                try {
                    Moves.replace(fresh, target);
                } finally {
                    Moves.delete(target);
                }
            } finally {
                Moves.delete(fresh);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("a file in " + directory + " cannot be written and renamed: " + Refused.words(e));
        }
    }

    private static Path temporary(Path directory) throws IOException {
        return Files.createTempFile(directory, HomeLeftovers.OF_DOCTOR, ".tmp");
    }

    /** The lock itself is left alone: to try it would keep a daemon from starting at that moment. */
    CheckResult daemon() {
        Optional<DaemonInfo> running = DaemonInfo.running(home.daemonInfo());
        if (running.isPresent()) {
            return CheckResult.ok("running as process " + running.get().pid() + " since "
                    + running.get().startedAt());
        }
        return Files.exists(home.daemonInfo())
                ? CheckResult.warn(
                        "the last daemon died without a word; its tasks wait to be taken up",
                        "orchestrator --home " + quoted(home.root()) + " run")
                : CheckResult.ok("not running");
    }

    CheckResult disk() throws IOException {
        Path present = home.root();
        while (!Files.exists(present) && present.getParent() != null) {
            present = present.getParent();
        }
        return disk(Files.getFileStore(present).getUsableSpace());
    }

    CheckResult disk(long free) {
        String detail = String.format(Locale.ROOT, "%.1f GB free", (double) free / (1024 * MEGABYTE));
        String remedy = "See what takes the room with `du -sh " + quoted(home.logs()) + " " + quoted(home.results())
                + "`, and free some of it.";
        if (free < TOO_LITTLE_SPACE) {
            return CheckResult.fail(free / MEGABYTE + " MB free", remedy);
        }
        return free < LITTLE_SPACE ? CheckResult.warn(detail, remedy) : CheckResult.ok(detail);
    }

    /** A clock that was set back makes waiting times, ages and the order by time wrong. */
    CheckResult clock() throws IOException {
        AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
        new JournalReader(home.journal())
                .read(new StateFile(home.state(), home.journal()).load().position(), (line, after) -> {
                    try {
                        last.set(LineFormat.decode(line).ts());
                    } catch (LineFormat.MalformedLine e) {
                        // The daemon repairs it when it next starts.
                    }
                });
        Instant now = time.now();
        if (last.get().isAfter(now.plus(CLOCK_TOLERANCE))) {
            return CheckResult.warn(
                    "the journal's last event is of " + last.get() + ", but it is " + now + " now",
                    "Set this machine's clock, on Linux with `timedatectl set-ntp true`.");
        }
        return CheckResult.ok(now + ", and no event is later");
    }

    static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }
}
