package dev.orchestrator.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moves a file that is not what it should be out of the way, under a name that says when. Never deletes. */
public final class Quarantine {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private Quarantine() {}

    /** Renames {@code file} to {@code NAME.corrupt-TIME} beside it, or {@code ...-2} and so on, and answers where it is. */
    public static Path setAside(Path file, Instant now) throws IOException {
        String base = file.getFileName() + ".corrupt-" + STAMP.format(now);
        Path target = file.resolveSibling(base);
        for (int n = 2; Files.exists(target); n++) {
            target = file.resolveSibling(base + "-" + n);
        }
        Moves.replace(file, target);
        return target;
    }
}
