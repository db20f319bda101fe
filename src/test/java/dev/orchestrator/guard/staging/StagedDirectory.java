package dev.orchestrator.guard.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.manifest.ChangeList;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.guard.manifest.Manifest;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A directory with its copy, as a guarded task has them. */
final class StagedDirectory {
    static final TaskId ID = TaskId.parse("fix-login");

    final Path directory;
    final TurnFiles files;
    final Path copy;
    private final Staging staging;
    private final Manifest before;
    private final ManifestScanner scanner = new ManifestScanner(List.of());

    StagedDirectory(Path root, Path directory) throws IOException {
        this.directory = directory;
        this.files = new TurnFiles(root.resolve("runs"), 1);
        this.staging = new Staging(root.resolve(".staging"), scanner, () -> 1L << 30);
        Staging.Result result = staging.stage(ID, directory, List.of(root), files, () -> false);
        assertThat(result).isInstanceOf(Staging.Result.Staged.class);
        this.copy = ((Staging.Result.Staged) result).directory();
        this.before = scanner.scan(copy);
    }

    ChangeSet collect() throws IOException {
        ChangeList changes = before.changesTo(scanner.rescan(before));
        List<String> paths = changes.changes().stream().map(FileChange::path).toList();
        return new ChangeStore(files).collect(ID, directory, copy, staging.top(ID), paths);
    }

    Applier.Result apply() throws IOException {
        return new Applier(files).apply(collect().files(), directory);
    }

    Staging staging() {
        return staging;
    }
}
