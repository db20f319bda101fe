package dev.orchestrator.intake;

import dev.orchestrator.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings that the intake follows. */
record IntakeSettings(
        Duration debounce,
        Duration scanInterval,
        long maxFileSize,
        int maxQueued,
        Path baseDir,
        List<Path> roots,
        boolean guardedWrite,
        AgentChoice agents) {

    static IntakeSettings of(Config config) {
        return new IntakeSettings(
                config.intake().debounce(),
                config.intake().scanInterval(),
                config.intake().maxFileSize(),
                config.intake().maxQueued(),
                config.claude().baseDir(),
                config.claude().allowedRoots(),
                config.guard().guardedWrite(),
                AgentChoice.of(config));
    }
}
