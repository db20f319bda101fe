package dev.orchestrator.guard.manifest;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A case on a directory that is empty at first. */
abstract class ManifestCase {
    @TempDir
    Path directory;

    WorkingDirectory work;

    @BeforeEach
    void open() {
        work = new WorkingDirectory(directory);
    }
}
