package dev.orchestrator.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes temporary files that a program of ours left behind when it was killed. Only plain files whose whole name is one
 * that we give: everything else may be a user's. What cannot be found or removed stays for the next time: it is in
 * nobody's way.
 */
public final class Leftovers {
    private Leftovers() {}

    /**
     * Removes from {@code directory}, which need not exist, what is called like {@code names}, and answers what it was.
     *
     * @param until only what nobody has written to since; {@link Instant#MAX} where nobody can be writing
     */
    public static List<Path> sweep(Path directory, Pattern names, Instant until) {
        List<Path> removed = new ArrayList<>();
        try (DirectoryStream<Path> hidden = Files.newDirectoryStream(directory, ".*" + AtomicFile.TEMP_SUFFIX)) {
            for (Path file : hidden) {
                String name = String.valueOf(file.getFileName());
                if (names.matcher(name).matches() && removed(file, until)) {
                    removed.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return removed;
        }
        return removed;
    }

    private static boolean removed(Path file, Instant until) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.getLastModifiedTime(file).toInstant().isAfter(until)) {
                return false;
            }
            Moves.delete(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
