package dev.orchestrator.pipeline;

import dev.orchestrator.guard.manifest.ChangeList;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.guard.manifest.Manifest;
import dev.orchestrator.guard.manifest.ManifestFile;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.validation.Unread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Sees what a turn changes in its working directory. How the directory stood before the turn is kept on disk until the turn
 * is over, so that the answer survives a restart of the daemon.
 */
final class WorkingDirectory {
    /** About two megabytes for a run; of a larger directory the picture is read again, so that many runs fit into memory. */
    private static final int MOST_FILES_IN_MEMORY = 10_000;

    private final ManifestScanner scanner;

    WorkingDirectory(ManifestScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * How the directory stood before a turn.
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

    /**
     * @param unread where changes would not have been seen; everything when the state before was lost, after a power cut say
     * @param present files that are there now
     */
    record Seen(List<FileChange> changes, Unread unread, List<String> present) {}

    /**
     * Remembers how {@code directory} stands before an attempt that is not in the journal yet. A picture that is there at the
     * first attempt is of another time: of a start that came to nothing, or of an earlier task. When a later attempt finds
     * the picture gone, a new one would pass the first attempt's changes off as the state before, so there is none.
     */
    Before remember(Path directory, RunFiles files) throws IOException {
        if (files.attempt() > 1) {
            return Before.onDisk(files);
        }
        Files.createDirectories(files.directory());
        Manifest manifest = scanner.scan(directory);
        ManifestFile.write(files.before(), manifest);
        return new Before(
                files.before(), Optional.of(manifest).filter(picture -> picture.size() <= MOST_FILES_IN_MEMORY));
    }

    /** What is different since {@link #remember}. */
    Seen look(Path directory, Before then) throws IOException {
        Optional<Manifest> before = then.manifest();
        if (before.isEmpty()) {
            return new Seen(
                    List.of(), Unread.EVERYTHING, scanner.scan(directory).paths());
        }
        Manifest after = scanner.rescan(before.get());
        ChangeList changes = before.get().changesTo(after);
        return new Seen(changes.changes(), new Unread(changes.gaps()), after.paths());
    }
}
