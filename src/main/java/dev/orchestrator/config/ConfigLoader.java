package dev.orchestrator.config;

import dev.orchestrator.config.ConfigOutcome.Invalid;
import dev.orchestrator.config.ConfigOutcome.Loaded;
import dev.orchestrator.config.SettingsReader.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the configuration of a home: flags over environment over {@code .env} over {@code orchestrator.yaml} over defaults. */
public final class ConfigLoader {
    private static final SettingsReader READER = new SettingsReader(Settings.TABLE);

    private ConfigLoader() {}

    /**
     * Reads both files of {@code home} as they are now; neither they nor the home need exist. Thread-safe.
     *
     * @param flags values by the name of their setting: {@code claude.timeout} to {@code 90m}
     * @param environment the variables of the process; those of others are left alone
     */
    public static ConfigOutcome load(Home home, Map<String, String> flags, Map<String, String> environment) {
        Reading reading = read(home, flags, environment);
        List<Problem> problems = problems(reading);
        if (!problems.isEmpty()) {
            return new Invalid(problems);
        }
        return new Loaded(Config.from(reading.values(), home), reading.values().provenance(), reading.notes());
    }

    static Reading read(Home home, Map<String, String> flags, Map<String, String> environment) {
        return READER.read(home, flags, environment);
    }

    /** What keeps {@code reading} from being in force; empty when nothing does. */
    static List<Problem> problems(Reading reading) {
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.addAll(AgentsSettings.problems(reading.values()));
        return problems;
    }

    /** What the settings say that must not be said anywhere else; parameters as for {@link #load}. */
    static List<String> secrets(Home home, Map<String, String> flags, Map<String, String> environment) {
        return READER.read(home, flags, environment).values().secrets();
    }
}
