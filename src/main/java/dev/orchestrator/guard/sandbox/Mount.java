package dev.orchestrator.guard.sandbox;

import java.nio.file.Path;

/** How one path looks from inside. */
record Mount(Path path, Kind kind) {

    /** Of two for one path the later one is taken. */
    enum Kind {
        READABLE,
        WRITABLE,
        OWN_LAYER,
        FIXED,
        HIDDEN;

        /** Whether the files of the machine are seen there. */
        boolean isReal() {
            return this == READABLE || this == WRITABLE || this == FIXED;
        }
    }

    /** False when it changes nothing about what {@code around} does already. */
    boolean isNeeded(Kind around) {
        return switch (kind) {
            case READABLE -> !around.isReal();
            // Also within what is writable: what is mounted cannot be moved away, with another put in its place.
            case WRITABLE, OWN_LAYER -> true;
            case FIXED -> around == Kind.WRITABLE || around == Kind.OWN_LAYER;
            case HIDDEN -> around.isReal();
        };
    }
}
