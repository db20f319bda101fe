package dev.orchestrator.config;

import dev.orchestrator.secret.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The secrets that are known by name: of the variables of this process, of those in {@code .env}, also when a variable of the
 * process counts more, and of settings. To find them takes some 40 ms, so short commands do not.
 */
public final class KnownSecrets {
    private KnownSecrets() {}

    /** What hides them; parameters as for {@link ConfigLoader#load}. A file that cannot be read adds none. */
    public static Redactor redactor(Home home, Map<String, String> flags, Map<String, String> environment) {
        Map<String, String> inFile = new LinkedHashMap<>();
        DotEnv.read(home.dotenv(), new Findings()).forEach(variable -> inFile.put(variable.name(), variable.value()));
        return Redactor.of(List.of(environment, inFile), ConfigLoader.secrets(home, flags, environment));
    }
}
