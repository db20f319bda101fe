package dev.orchestrator.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where paths lead when all links are followed, also when their last names do not exist yet. */
final class RealPath {
    /** A chain of links to what does not exist; nobody needs so many. */
    private static final int MOST_LINKS = 40;

    private RealPath() {}

    /**
     * The one place that {@code path} stands for. Empty when it leads in a circle, cannot be looked at, or climbs
     * ({@code ..}) out of what does not exist, so that nobody can say where it will lead.
     */
    static Optional<Path> of(Path path) {
        return of(path.toAbsolutePath(), MOST_LINKS);
    }

    private static Optional<Path> of(Path path, int links) {
        Path existing = path;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return Optional.empty();
        }
        Path rest = existing.relativize(path);
        if (climbs(rest) || isShortName(rest)) {
            return Optional.empty();
        }
        try {
            return Optional.of(existing.toRealPath().resolve(rest));
        } catch (IOException e) {
            return links == 0 ? Optional.empty() : behindLink(existing, rest, links - 1);
        }
    }

    /** A link to something that does not exist: whoever writes there makes it, where the link says. */
    private static Optional<Path> behindLink(Path link, Path rest, int links) {
        try {
            Path directory = link.toAbsolutePath().getParent();
            Path target = Files.readSymbolicLink(link).resolve(rest);
            return directory == null
                    ? Optional.empty()
                    : of(directory.toRealPath().resolve(target), links);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean climbs(Path rest) {
        for (Path name : rest) {
            if ("..".equals(name.toString())) {
                return true;
            }
        }
        return false;
    }

    /** {@code PROGRA~1} is a second name on Windows; of a file that exists the real path has the first. */
    private static boolean isShortName(Path rest) {
        if (!"\\".equals(rest.getFileSystem().getSeparator())) {
            return false;
        }
        for (Path name : rest) {
            if (WindowsName.isShort(name.toString())) {
                return true;
            }
        }
        return false;
    }
}
