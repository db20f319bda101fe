package dev.orchestrator.engine.local;

import dev.orchestrator.task.Access;
import dev.orchestrator.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who works where. Readers share a directory; a writer has it alone, with everything above and below it, so that every
 * change has one author. For one thread at a time.
 */
final class DirectoryClaims {
    private final List<Claim> claims = new ArrayList<>();

    /** What a directory is wanted for. */
    enum Use {
        READ,
        /** To make a copy, in which the work is done. */
        COPY,
        WRITE,
        /** To bring a change in that is ready; who works in a copy does not notice. */
        APPLY;

        private boolean bears(Use other) {
            boolean changes = this == WRITE || this == APPLY || other == WRITE || other == APPLY;
            boolean noticed = (this != COPY && other != COPY) || this == WRITE || other == WRITE;
            return !(changes && noticed);
        }
    }

    record Claim(Path directory, Use use) {
        /** For all that {@code task} does. */
        static Claim of(Task task) {
            boolean writes = task.access() == Access.WRITE;
            Use use = !writes ? Use.READ : task.spec().isGuarded() ? Use.COPY : Use.WRITE;
            return new Claim(Path.of(task.directory()), use);
        }

        Claim to(Use other) {
            return new Claim(directory, other);
        }

        boolean conflictsWith(Claim other) {
            boolean overlap = directory.startsWith(other.directory) || other.directory.startsWith(directory);
            return overlap && !use.bears(other.use);
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
