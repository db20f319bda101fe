package dev.orchestrator.pipeline;

import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.manifest.ChangeList;
import dev.orchestrator.guard.manifest.Manifest;
import dev.orchestrator.guard.manifest.ManifestFile;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what an attempt changes in its working directory. How the directory stood before is kept on disk until the turn is
 * over, so that the answer survives a restart of the daemon. Each attempt has its own picture: while a task waits for its
 * next attempt others work in the directory, and their changes are not the task's.
 */
final class WorkingDirectory {
    /** About two megabytes for a run; of a larger directory the picture is read again, so that many runs fit into memory. */
    private static final int MOST_FILES_IN_MEMORY = 10_000;

    private static final Logger log = LoggerFactory.getLogger(WorkingDirectory.class);

    private final Scanners scanners;

    WorkingDirectory(Scanners scanners) {
        this.scanners = scanners;
    }

    /** Who looks at a directory. */
    interface Scanners {
        ManifestScanner of(Path directory);
    }

    /**
     * How the directory stood before an attempt.
     *
     * @param file where that is on disk
     * @param kept the same, when it was just made and is not large
     */
    record Before(Path file, Optional<Manifest> kept) {
        static Before onDisk(RunFiles files) {
            return new Before(files.before(), Optional.empty());
        }

        private Optional<Manifest> manifest() throws IOException {
            return kept.isPresent() ? kept : ManifestFile.read(file);
        }
    }

    /** @param present files that are there now */
    record Seen(Changes changes, List<String> present) {}

    /**
     * Remembers how {@code directory} stands before an attempt that is not in the journal yet. A picture that is there already
     * is of another time: of a start that came to nothing. What counts as ignored by git is what did before the turn's first
     * attempt: an earlier attempt may have written rules.
     */
    Before remember(Path directory, RunFiles files) throws IOException {
        PrivateFile.createDirectories(files.directory());
        Manifest manifest = picture(directory, files).withContents();
        ManifestFile.write(files.before(), manifest);
        return new Before(
                files.before(), Optional.of(manifest).filter(picture -> picture.size() <= MOST_FILES_IN_MEMORY));
    }

    private Manifest picture(Path directory, RunFiles files) throws IOException {
        Optional<Manifest> first = files.attempt() == 1
                ? Optional.empty()
                : ManifestFile.read(files.ofAttempt(1).before());
        ManifestScanner scanner = scanners.of(directory);
        return first.map(scanner::rescan).orElseGet(() -> scanner.scan(directory));
    }

    /** What is different since {@link #remember}; not known when the picture was lost, after a power cut say. */
    Seen look(Path directory, Before then) throws IOException {
        Optional<Manifest> before = then.manifest();
        ManifestScanner scanner = scanners.of(directory);
        if (before.isEmpty()) {
            return new Seen(Changes.UNKNOWN, scanner.scan(directory).paths());
        }
        Manifest after = scanner.rescan(before.get());
        ChangeList changes = before.get().changesTo(after);
        return new Seen(new Changes(changes.changes(), changes.gaps()), after.paths());
    }

    /**
     * What an attempt has changed that came to its end. When that was written down, somebody else has been at work since, or may
     * have: commands that were run behind it, before the daemon died.
     */
    Seen atEnd(Attempt attempt) throws IOException {
        Path kept = attempt.request().files().changes();
        return Files.exists(kept)
                ? new Seen(
                        Changes.read(kept),
                        scanners.of(attempt.request().directory())
                                .scan(attempt.request().directory())
                                .paths())
                : look(attempt.request().directory(), attempt.before());
    }

    /** For asking now and then, while an attempt lasts, whether it changes anything. */
    Watch watch(Path directory, Before then) {
        return new Watch(directory, then);
    }

    /**
     * Looks at a directory that is being worked in. Reads no file's content, and of the directory as it stood when it was last
     * asked it keeps one number. For one thread.
     */
    final class Watch {
        private final Path directory;
        private final Before before;
        private @Nullable Long last;

        private Watch(Path directory, Before before) {
            this.directory = directory;
            this.before = before;
        }

        /** Since the last time; at first, since the attempt began. True when nobody can tell. */
        boolean hasChanged() {
            try {
                Optional<Manifest> then = before.manifest();
                Long earlier = last == null ? then.map(Manifest::fingerprint).orElse(null) : last;
                ManifestScanner scanner = scanners.of(directory);
                last = then.map(scanner::rescan)
                        .orElseGet(() -> scanner.scan(directory))
                        .fingerprint();
                return !last.equals(earlier);
            } catch (IOException e) {
                log.debug("{} cannot be read: {}", before.file(), e.toString());
                return true;
            }
        }
    }

    /**
     * Writes down what {@code attempt} changed, because another is to follow, or others are to be at work in the directory;
     * before that is journalled. What is written down stays: who comes here again after a crash would see what those others did.
     * A power cut may have taken the attempt's records, directory and all.
     */
    void keepChanges(Attempt attempt) throws IOException {
        if (Files.exists(attempt.request().files().changes())) {
            return;
        }
        PrivateFile.createDirectories(attempt.request().files().directory());
        look(attempt.request().directory(), attempt.before())
                .changes()
                .write(attempt.request().files().changes());
    }
}
