package dev.orchestrator.engine.local;

import dev.orchestrator.task.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who works where. Readers share a directory; a writer has it alone, with everything above and below it, so that every
 * change has one author. For one thread at a time.
 */
final class DirectoryClaims {
    private final List<Claim> claims = new ArrayList<>();

    record Claim(Path directory, Access access) {
        boolean conflictsWith(Claim other) {
            boolean overlap = directory.startsWith(other.directory) || other.directory.startsWith(directory);
            return overlap && (access == Access.WRITE || other.access == Access.WRITE);
        }
    }

    /** True when {@code claim} could be added now. */
    boolean allows(Claim claim) {
        return claims.stream().noneMatch(claim::conflictsWith);
    }

    void add(Claim claim) {
        claims.add(claim);
    }

    void remove(Claim claim) {
        claims.remove(claim);
    }
}
