package dev.orchestrator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells the two meanings of SIGHUP apart: the terminal was closed, or somebody wants the settings read again. Without a terminal
 * only the latter can be. Thread-safe.
 */
final class HangUp {
    /** Whoever has a terminal can open it by this name, and nobody else can. */
    private static final Path TERMINAL = Path.of("/dev/tty");

    private final boolean hadTerminal = hasTerminal();

    /** True when the terminal that there was is gone. */
    boolean isOfTerminal() {
        return hadTerminal && !hasTerminal();
    }

    private static boolean hasTerminal() {
        try {
            Files.newInputStream(TERMINAL).close();
            return true;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }
}
