package dev.orchestrator.guard;

import dev.orchestrator.guard.manifest.Repository;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where files are that have a {@linkplain ProtectedNames protected name} and lie elsewhere under another: behind a link, and
 * the repository that a {@code .git} names which is a file. Of the top of a directory only. Looks at the disk.
 */
public final class ProtectedPlaces {
    private static final String GIT = ".git";

    private ProtectedPlaces() {}

    /** Those below {@code directory}, which is real. */
    public static List<Path> in(Path directory) {
        List<Path> places = new ArrayList<>();
        for (String name : ProtectedNames.all()) {
            Path path = directory.resolve(name);
            if (Files.isSymbolicLink(path)) {
                RealPath.of(path).ifPresent(places::add);
            }
        }
        places.addAll(repository(directory));
        // One that is the directory itself, or around it, would leave nothing to change.
        return places.stream()
                .filter(place -> place.startsWith(directory) && !place.equals(directory))
                .distinct()
                .toList();
    }

    /** Of the {@code .git} in {@code directory}; empty when that is a directory, for which its name is enough. */
    private static List<Path> repository(Path directory) {
        return Files.isRegularFile(directory.resolve(GIT), LinkOption.NOFOLLOW_LINKS)
                ? Repository.at(directory).stream()
                        .flatMap(found -> Stream.of(found.gitDirectory(), found.commonDirectory()))
                        .map(RealPath::of)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }
}
