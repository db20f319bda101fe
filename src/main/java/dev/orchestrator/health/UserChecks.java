package dev.orchestrator.health;

import dev.orchestrator.config.Home;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the daemon's user is one whose agents may leave behind what gives others its powers. */
final class UserChecks {
    private static final int ROOT = 0;

    private final Home home;

    UserChecks(Home home) {
        this.home = home;
    }

    CheckResult user() {
        return user(DaemonInfo.running(home.daemonInfo())
                .map(daemon -> isRoots(Path.of("/proc", String.valueOf(daemon.pid()))))
                .orElseGet(() -> isRoots(Path.of("/proc/self"))));
    }

    static CheckResult user(boolean root) {
        return root
                ? CheckResult.warn(
                        "root: a granted command can leave a program in the task's directory that gives its powers to"
                                + " every user of this machine, also from the sandbox",
                        "Run the daemon as a user of its own that has no other powers.")
                : CheckResult.ok("not root");
    }

    /** Where the system shows no processes as files it has no such sandbox either, but may have a root all the same. */
    private static boolean isRoots(Path process) {
        try {
            return Files.getAttribute(process, "unix:uid").equals(ROOT);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
