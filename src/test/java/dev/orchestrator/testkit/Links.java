package dev.orchestrator.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Symbolic links for tests. On Windows only those can make them who have the privilege or switched developer mode on, so it
 * is tried; where it fails the test is skipped, and says so.
 */
public final class Links {
    private static final String SKIPPED = "platform: no symbolic link can be made here: ";

    private Links() {}

    /** Makes {@code link} lead to {@code target}, or ends the test as skipped where no links can be made. */
    public static Path symbolic(Path link, Path target) throws IOException {
        try {
            return Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException e) {
            return Assumptions.abort(SKIPPED + e);
        } catch (IOException e) {
            if (isFree(link)) {
                return Assumptions.abort(SKIPPED + e);
            }
            throw e;
        }
    }

    /** True when links can be made in {@code directory}; for a test of which one case alone needs them. */
    public static boolean canBeMadeIn(Path directory) throws IOException {
        Path link = directory.resolve("link-that-is-tried");
        try {
            Files.delete(Files.createSymbolicLink(link, directory));
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (IOException e) {
            if (isFree(link)) {
                return false;
            }
            throw e;
        }
    }

    /** A file could be made there, so that it must be the link that is refused. */
    private static boolean isFree(Path link) {
        return !Files.exists(link, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(link.resolveSibling("."));
    }
}
