package dev.orchestrator;

import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.health.OpenDoors;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what an earlier version, or somebody, left open to other users of the machine. Only the directories: with them what is
 * in them is closed as well, however much it is.
 */
final class PrivateHome {
    private static final Logger log = LoggerFactory.getLogger(PrivateHome.class);

    private PrivateHome() {}

    /** What was made for others to write to may be meant so, and is left as it is. */
    static void warn(Home home, ConfigOutcome settings) {
        OpenDoors.told(home, settings)
                .ifPresent(open -> log.warn("In {} {}; `doctor` says how to close that.", home.root(), open));
    }

    static void close(Home home) {
        for (Path directory : home.privateDirectories()) {
            try {
                if (PrivateFile.tighten(directory)) {
                    log.info("{} was open to other users and is not any more.", home.relative(directory));
                }
            } catch (IOException e) {
                // Somebody else's directory, or a file system that only says that it knows permissions.
                log.warn("{} may be open to other users: {}", home.relative(directory), e.toString());
            }
        }
    }
}
