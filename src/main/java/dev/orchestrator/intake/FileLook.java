package dev.orchestrator.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** How a file looked at one moment. */
record FileLook(long bytes, Instant modified) {

    /** Empty when there is no regular file; a link is none, since it could lead anywhere. */
    static Optional<FileLook> at(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile()
                    ? Optional.of(
                            new FileLook(now.size(), now.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
