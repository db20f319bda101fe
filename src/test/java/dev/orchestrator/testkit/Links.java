package dev.orchestrator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Symbolic links for tests. Windows lets nobody make them who lacks a privilege; then the test is skipped and says so. */
public final class Links {
    private Links() {}

    /** Makes {@code link} lead to {@code target}, or ends the test as skipped where no links can be made. */
    public static Path symbolic(Path link, Path target) throws IOException {
        try {
            return Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException | IOException e) {
            if (Files.isWritable(link.toAbsolutePath().getParent()) && !Files.exists(link)) {
                throw new TestAbortedException("no symbolic link can be made here: " + e);
            }
            throw e;
        }
    }
}
