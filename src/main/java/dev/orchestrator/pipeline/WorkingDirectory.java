package dev.orchestrator.pipeline;

import dev.orchestrator.files.Moves;
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
    private final ManifestScanner scanner;

    WorkingDirectory(ManifestScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * @param unread where changes would not have been seen; everything when the state before was lost, after a power cut say
     * @param present files that are there now
     */
    record Seen(List<FileChange> changes, Unread unread, List<String> present) {}

    /** Remembers how {@code directory} stands, unless that was done for this turn already. */
    void remember(Path directory, RunFiles files) throws IOException {
        if (!Files.exists(files.before())) {
            Files.createDirectories(files.directory());
            ManifestFile.write(files.before(), scanner.scan(directory));
        }
    }

    /** What is different since {@link #remember}. */
    Seen look(Path directory, RunFiles files) throws IOException {
        Optional<Manifest> before = ManifestFile.read(files.before());
        if (before.isEmpty()) {
            return new Seen(
                    List.of(), Unread.EVERYTHING, scanner.scan(directory).paths());
        }
        Manifest after = scanner.rescan(before.get());
        ChangeList changes = before.get().changesTo(after);
        return new Seen(changes.changes(), new Unread(changes.gaps()), after.paths());
    }

    void forget(RunFiles files) throws IOException {
        Moves.delete(files.before());
    }
}
