package dev.orchestrator.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Keeps a file that is not what it should be, under a name that says when, out of the way of what takes its place. Never deletes. */
public final class Quarantine {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private Quarantine() {}

    /** Renames {@code file} to {@code NAME.corrupt-TIME} beside it, or {@code ...-2} and so on, and answers where it is. */
    public static Path setAside(Path file, Instant now) throws IOException {
        Path target = freeName(file, now);
        Moves.replace(file, target);
        return target;
    }

    /**
     * Like {@link #setAside}, but leaves {@code file} where it is, for one that must not be missing for a moment. When this
     * returns the copy survives a power cut.
     */
    public static Path copyAside(Path file, Instant now) throws IOException {
        Path target = freeName(file, now);
        AtomicFile.write(target, out -> Files.copy(file, out));
        return target;
    }

    private static Path freeName(Path file, Instant now) {
        String base = file.getFileName() + ".corrupt-" + STAMP.format(now);
        Path target = file.resolveSibling(base);
        for (int n = 2; Files.exists(target); n++) {
            target = file.resolveSibling(base + "-" + n);
        }
        return target;
    }
}
