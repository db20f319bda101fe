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
        return Redactor.of(List.of(environment, inFile(home)), ConfigLoader.secrets(home, flags, environment));
    }

    /** Has {@code redactor} hide those too that are there now; parameters as for {@link #redactor}. */
    public static void teach(Redactor redactor, Home home, Map<String, String> flags, Map<String, String> environment) {
        redactor.learn(List.of(inFile(home)), ConfigLoader.secrets(home, flags, environment));
    }

    private static Map<String, String> inFile(Home home) {
        Map<String, String> inFile = new LinkedHashMap<>();
        DotEnv.read(home.dotenv(), new Findings()).forEach(variable -> inFile.put(variable.name(), variable.value()));
        return inFile;
    }
}
