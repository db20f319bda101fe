package dev.orchestrator.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The shell of this system. */
final class Shell {
    private final boolean windows;
    private final String ofWindows;

    /** @param environment in which Windows says where its shell is */
    Shell(Map<String, String> environment, boolean windows) {
        this.windows = windows;
        this.ofWindows = environment.getOrDefault("COMSPEC", "cmd.exe");
    }

    /** What runs {@code command}; where the shell can do it, errors go where the output goes, in their order. */
    List<String> command(String command) {
        return windows
                ? List.of(ofWindows, "/d", "/s", "/c", "\"" + command + "\"")
                : List.of("/bin/sh", "-c", "exec 2>&1\n" + command);
    }

    /** A program that reads its input comes to its end at once. */
    Path emptyInput() {
        return Path.of(windows ? "NUL" : "/dev/null");
    }
}
