package dev.orchestrator.intake;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.NameEncoding;
import dev.orchestrator.intake.file.TaskFileNames;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches {@code tasks/} and hands complete files to the intake. What the system reports is a hint only: with many files at
 * once it reports nothing but an overflow, so the directory is also listed at the start, after an overflow, and every few
 * seconds. When the engine has enough, files stay where they are.
 */
final class TaskWatcher implements AutoCloseable, Runnable {
    private static final Logger log = LoggerFactory.getLogger(TaskWatcher.class);
    /** So many files become tasks with one sync; more would keep the first of them waiting. */
    private static final int BATCH = 200;
    /** A listing may take at most this part of the time. */
    private static final int SHARE_OF_TIME = 20;

    private static final Duration WHEN_FULL = Duration.ofMillis(200);
    private static final int MOST_NAMES_REMEMBERED = 1000;

    private final Home home;
    private final Intake intake;
    private final RejectedFiles rejected;
    private final Complaints complaints;
    private final UnusableEntries unusable;
    private final Supplier<IntakeSettings> settings;
    private final IntSupplier room;
    private final TimeSource time;
    private final WatchService watches;
    private final Debouncer debouncer = new Debouncer(FileLook::at);
    private final Set<Path> namesLeftAlone = new HashSet<>();
    private final Stopwatch sinceScan;
    private Duration nextScanAfter = Duration.ZERO;
    private boolean failed;
    private boolean told;
    private volatile boolean takingIn;
    private volatile boolean closed;

    /** @param room how many more tasks the engine takes */
    TaskWatcher(
            Home home,
            Intake intake,
            RejectedFiles rejected,
            Complaints complaints,
            UnusableEntries unusable,
            Supplier<IntakeSettings> settings,
            IntSupplier room,
            TimeSource time)
            throws IOException {
        this.home = home;
        this.intake = intake;
        this.rejected = rejected;
        this.complaints = complaints;
        this.unusable = unusable;
        this.settings = settings;
        this.room = room;
        this.time = time;
        this.sinceScan = Stopwatch.start(time);
        this.watches = home.tasks().getFileSystem().newWatchService();
        watch(home.tasks());
        watch(home.rejected());
    }

    /** Runs until {@link #close}. */
    @Override
    public void run() {
        while (!closed) {
            try {
                round();
                told = false;
            } catch (ClosedWatchServiceException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException | Error e) {
                // An error of the virtual machine passes with what caused it; a daemon without intake says nothing.
                tell(e);
                failed = true;
            }
        }
    }

    /** Said once; somebody may have moved the directory away, and files that come to its place are to be taken. */
    private void tell(Throwable e) {
        if (!told) {
            log.error("Looking for task files failed; it is tried again.", e);
        }
        told = true;
        if (!Files.isDirectory(home.logs())) {
            // The whole home is elsewhere; nothing is to be made in its place.
            return;
        }
        try {
            home.prepare();
        } catch (IOException refused) {
            log.debug("The directories for tasks cannot be made: {}", refused.toString());
        }
    }

    /** True while files are between their directory and the engine. */
    boolean isTakingIn() {
        return takingIn;
    }

    /** True while there are task files that are not accepted yet, other than those that cannot be. */
    boolean hasWaitingFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.tasks())) {
            for (Path file : files) {
                if (isTaskFile(file) && isWaiting(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What nobody has found to be unusable yet is still to be named. */
    private boolean isWaiting(Path file) {
        return UnusableEntries.problem(file).isPresent()
                ? !unusable.contains(file)
                : FileLook.at(file).isPresent() && !complaints.contains(file);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        watches.close();
    }

    private void round() throws IOException, InterruptedException {
        if (failed) {
            failed = false;
            nextScanAfter = settings.get().scanInterval();
            sinceScan.restart();
            await(nextScanAfter);
        }
        int free = room.getAsInt();
        if (free > 0) {
            if (sinceScan.reached(nextScanAfter)) {
                scan();
            }
            takeReady(Math.min(free, BATCH));
        }
        await(free > 0 ? pause() : WHEN_FULL);
    }

    private void takeReady(int most) {
        List<Path> ready = debouncer.takeReady(time.now(), settings.get().debounce(), most);
        if (!ready.isEmpty()) {
            takingIn = true;
            try {
                // What cannot be taken in now is found again by the next listing.
                intake.take(ready);
            } finally {
                takingIn = false;
            }
        }
    }

    /** Until the next file may be complete or the next listing is due. */
    private Duration pause() {
        Duration untilScan = nextScanAfter.minus(sinceScan.elapsed());
        Duration pause = debouncer
                .untilNext(time.now(), settings.get().debounce())
                .filter(wait -> wait.compareTo(untilScan) < 0)
                .orElse(untilScan);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    private void await(Duration atMost) throws InterruptedException {
        WatchKey key = watches.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        while (key != null) {
            for (WatchEvent<?> event : key.pollEvents()) {
                heard(key, event);
            }
            if (!key.reset()) {
                log.warn("{} cannot be watched any more; it is listed now and then instead.", key.watchable());
            }
            key = watches.poll();
        }
    }

    private void heard(WatchKey key, WatchEvent<?> event) {
        if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
            nextScanAfter = Duration.ZERO;
        } else if (key.watchable() instanceof Path directory && event.context() instanceof Path name) {
            found(directory.resolve(name));
        }
    }

    private void scan() throws IOException {
        Stopwatch watch = Stopwatch.start(time);
        list(home.tasks());
        list(home.rejected());
        complaints.prune();
        unusable.prune();
        Duration rest = watch.elapsed().multipliedBy(SHARE_OF_TIME);
        Duration interval = settings.get().scanInterval();
        nextScanAfter = rest.compareTo(interval) > 0 ? rest : interval;
        sinceScan.restart();
    }

    /** Stops at what the engine can take: the rest is found again, and need not be kept in memory meanwhile. */
    private void list(Path directory) throws IOException {
        int most = Math.max(room.getAsInt(), BATCH);
        Set<Path> here = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (debouncer.size() >= most) {
                    return;
                }
                found(file);
                if (directory.equals(home.rejected()) && isTaskFile(file)) {
                    here.add(file);
                }
            }
        }
        if (directory.equals(home.rejected())) {
            rejected.keepOnly(here);
        }
    }

    private void found(Path file) {
        boolean dropped = !file.startsWith(home.rejected());
        if (isTaskFile(file)) {
            foundTaskFile(file, dropped);
        } else if (dropped && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            leftAlone(file);
        }
    }

    private void foundTaskFile(Path file, boolean dropped) {
        boolean named = NameEncoding.leadsBack(file);
        if (named
                && (dropped || rejected.isCorrected(file))
                && FileLook.at(file).isPresent()) {
            debouncer.touch(file, time.now());
        } else if (dropped) {
            unusable.look(file);
        } else if (!named && remember(file)) {
            log.warn(
                    "Left alone: {} may be corrected or not, its name cannot be read. {}", file, NameEncoding.remedy());
        }
    }

    private void leftAlone(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean ours = name.startsWith(".") || name.equals("README.md") || Files.isDirectory(file);
        if (!ours && remember(file)) {
            log.info("Left alone: tasks/{} is not a file whose name ends in .task.md.", name);
        }
    }

    /** False when {@code file} was named before, or so many were that nobody would read it. */
    private boolean remember(Path file) {
        return namesLeftAlone.size() < MOST_NAMES_REMEMBERED && namesLeftAlone.add(file);
    }

    private static boolean isTaskFile(Path file) {
        return TaskFileNames.isTaskFile(String.valueOf(file.getFileName()));
    }

    private void watch(Path directory) throws IOException {
        directory.register(watches, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    }
}
