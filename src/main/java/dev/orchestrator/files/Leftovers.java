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
     * Some of the names that we give.
     *
     * @param until only what nobody has written to since; {@link Instant#MAX} where nobody can be writing
     */
    public record Kind(Pattern names, Instant until) {}

    /**
     * Removes from {@code directory}, which need not exist, what is of one of {@code kinds}, and answers what it was. Lists
     * once: there may be a hundred thousand artifacts beside the one leftover.
     */
    public static List<Path> sweep(Path directory, List<Kind> kinds) {
        List<Path> removed = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(".") && removed(file, name, kinds)) {
                    removed.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return removed;
        }
        return removed;
    }

    private static boolean removed(Path file, String name, List<Kind> kinds) {
        for (Kind kind : kinds) {
            if (kind.names.matcher(name).matches() && removed(file, kind.until)) {
                return true;
            }
        }
        return false;
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
