package dev.orchestrator;

import dev.orchestrator.config.Home;
import dev.orchestrator.config.LiveConfig;
import dev.orchestrator.config.LiveConfig.Look;
import dev.orchestrator.config.Problem;
import dev.orchestrator.config.SettingChange;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.time.Stopwatch;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the settings read again when their files were edited, or when somebody wants them read. A file that is still being
 * written is left alone until it has been the same for one look, and one that is empty or gone for some seconds: editors empty
 * a file before they write it, or move another into its place. Thread-safe.
 */
final class SettingsDesk implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SettingsDesk.class);
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final Duration UNTIL_IT_IS_LOST = Duration.ofSeconds(5);

    private final List<Path> files;
    private final LiveConfig config;
    private final Followers followers;
    private final Thread thread;
    /** Wakes the thread: somebody wants the settings read, or it is to end. */
    private final Semaphore woken = new Semaphore(0);

    /** As they were when this was made; the configuration was read before, and they may have been edited since. */
    private final List<Stamp> atFirst;

    private final Stopwatch sinceChange;
    /** Null until the first look. */
    private @Nullable List<Stamp> read;

    private @Nullable List<Stamp> settling;
    private volatile @Nullable String wantedBy;
    private volatile boolean closing;

    /** Who hears of it. */
    interface Followers {
        /** Before anything is said of the new settings: what is secret in them is to be hidden. */
        void learnSecrets();

        void follow(Look look, String by);
    }

    /** How a file looked. */
    private record Stamp(
            Instant modified, long bytes, @Nullable Object key, boolean readable) {
        static final Stamp NONE = new Stamp(Instant.EPOCH, -1, null, false);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(now.lastModifiedTime().toInstant(), now.size(), now.fileKey(), Files.isReadable(file));
            } catch (IOException e) {
                return NONE;
            }
        }

        boolean hasText() {
            return bytes > 0;
        }
    }

    /** What was edited since {@code config} was read is seen, whenever this is made. */
    SettingsDesk(Home home, LiveConfig config, Followers followers, ThreadFactory threads, TimeSource time) {
        this.files = List.of(home.dotenv(), home.settings());
        this.config = config;
        this.followers = followers;
        this.thread = threads.newThread(this::run);
        this.atFirst = stamps();
        this.sinceChange = Stopwatch.start(time);
    }

    void start() {
        thread.start();
    }

    /** Has the settings read as soon as can be; for a signal, which must not wait. */
    void wake(String by) {
        wantedBy = by;
        woken.release();
    }

    /** Reads them now. */
    synchronized Reply reload(String by) {
        read = stamps();
        settling = null;
        followers.learnSecrets();
        Look look = config.look();
        followers.follow(look, by);
        return reply(look);
    }

    private static Reply reply(Look look) {
        if (look instanceof Look.Refused refused) {
            return Reply.refused("All settings stay as they were: "
                    + refused.problems().stream().map(Problem::toString).collect(Collectors.joining(" ")));
        }
        List<SettingChange> changes = ((Look.Followed) look).changes();
        return Reply.done(
                changes.isEmpty()
                        ? "All settings are as they were."
                        : changes.stream().map(SettingChange::toString).collect(Collectors.joining("; ")) + ".");
    }

    private void run() {
        while (!closing) {
            try {
                boolean wanted = woken.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                round(wanted ? Optional.ofNullable(wantedBy) : Optional.empty());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                log.error("The settings could not be followed; it is tried again when they are edited.", e);
            }
        }
    }

    private void round(Optional<String> by) {
        if (!closing && by.isPresent()) {
            reload(by.get());
        } else if (!closing) {
            look();
        }
    }

    /** Reads them if they were edited; the first time to see whether that was so while the daemon started. */
    void look() {
        if (wereEdited()) {
            reload("file");
        }
    }

    /** True once for each edit. */
    private synchronized boolean wereEdited() {
        List<Stamp> now = stamps();
        if (!now.equals(settling)) {
            settling = now;
            sinceChange.restart();
            return false;
        }
        return !now.equals(read) && (!isLost(now) || sinceChange.reached(UNTIL_IT_IS_LOST));
    }

    private boolean isLost(List<Stamp> now) {
        List<Stamp> before = read == null ? atFirst : read;
        return IntStream.range(0, now.size())
                .anyMatch(i -> before.get(i).hasText() && !now.get(i).hasText());
    }

    private List<Stamp> stamps() {
        return files.stream().map(Stamp::of).toList();
    }

    @Override
    public void close() {
        closing = true;
        woken.release();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
