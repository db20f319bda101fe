package dev.orchestrator.guard.staging;

import dev.orchestrator.guard.manifest.FileNames;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a link leads, as text and back. What is no text here cannot be made again, so it is refused rather than made anew. */
final class LinkTarget {
    private LinkTarget() {}

    /** Different for different targets, whatever their bytes. */
    static String text(Path target) {
        return FileNames.ofTarget(target);
    }

    static Path path(String text) throws IOException {
        try {
            Path target = FileNames.target(text);
            if (text(target).equals(text) && target.toString().equals(text)) {
                return target;
            }
        } catch (InvalidPathException e) {
            // Not in the charset of this system.
        }
        throw new IOException("a link to `" + text + "` cannot be made on this system");
    }
}
