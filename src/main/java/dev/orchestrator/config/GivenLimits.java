package dev.orchestrator.config;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The limits alone, for short commands: loading all settings takes a good part of the time they may last. */
public final class GivenLimits {
    private GivenLimits() {}

    /**
     * As the files and the environment say now; what a daemon was told on its command line only that daemon knows.
     *
     * @return empty when the settings cannot be used
     */
    public static Optional<LimitsConfig> read(Home home, Map<String, String> environment) {
        if (!isAnythingGiven(home, environment)) {
            return Optional.of(LimitsConfig.NONE);
        }
        return ConfigLoader.load(home, Map.of(), environment) instanceof ConfigOutcome.Loaded loaded
                ? Optional.of(loaded.config().limits())
                : Optional.empty();
    }

    private static boolean isAnythingGiven(Home home, Map<String, String> environment) {
        for (String name : environment.keySet()) {
            if (name.toUpperCase(Locale.ROOT).startsWith(Setting.PREFIX)) {
                return true;
            }
        }
        return Files.exists(home.settings()) || Files.exists(home.dotenv());
    }
}
