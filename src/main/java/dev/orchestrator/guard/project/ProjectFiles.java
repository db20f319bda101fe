package dev.orchestrator.guard.project;

import dev.orchestrator.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files by which a repository tells the agent's program what to do, as they were when they were read: {@code .mcp.json},
 * and all of {@code .claude/}, where the scripts of hooks lie. Each is read once, so what is taken of them is what the hash is
 * of. Immutable.
 */
public final class ProjectFiles {
    static final String CLAUDE = ".claude";
    static final String SERVERS = ".mcp.json";
    static final String SETTINGS = ".claude/settings.json";
    static final String LOCAL_SETTINGS = ".claude/settings.local.json";

    private final SortedMap<String, String> fingerprints;
    private final Map<String, byte[]> contents;

    /**
     * @param fingerprints of all files, by their names from the top of the repository
     * @param contents of those that are more than hashed
     */
    ProjectFiles(SortedMap<String, String> fingerprints, Map<String, byte[]> contents) {
        this.fingerprints = new TreeMap<>(fingerprints);
        this.contents = Map.copyOf(contents);
    }

    /** True when there is something in {@code directory} or around it that somebody may trust. Cheap. */
    public static boolean mayBeAround(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            Path place = at;
            if (Stream.of(SETTINGS, LOCAL_SETTINGS, SERVERS)
                    .anyMatch(name -> Files.exists(place.resolve(name), LinkOption.NOFOLLOW_LINKS))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads those of {@code directory}.
     *
     * @throws Unusable when there is something among them that nobody should trust unseen
     */
    public static ProjectFiles read(Path directory) throws Unusable, IOException {
        return new ProjectReader(directory).read();
    }

    public boolean isEmpty() {
        return fingerprints.isEmpty();
    }

    /** Over the names, kinds and contents of all, in lower case hexadecimal. */
    public String sha256() {
        StringBuilder all = new StringBuilder();
        // No name has a zero in it, and a fingerprint no line break.
        fingerprints.forEach(
                (name, print) -> all.append(name).append('\0').append(print).append('\n'));
        return Sha256.of(all.toString());
    }

    /** True when each of these files is the same in {@code whole}, which may have more. */
    boolean isPartOf(ProjectFiles whole) {
        return whole.fingerprints.entrySet().containsAll(fingerprints.entrySet());
    }

    Optional<byte[]> content(String name) {
        return Optional.ofNullable(contents.get(name)).map(bytes -> Arrays.copyOf(bytes, bytes.length));
    }
}
