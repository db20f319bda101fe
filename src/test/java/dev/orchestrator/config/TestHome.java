package dev.orchestrator.config;

import dev.orchestrator.config.ConfigOutcome.Invalid;
import dev.orchestrator.config.ConfigOutcome.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A home with flags, an environment and files to be loaded from. */
final class TestHome {
    final Home home;
    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    TestHome(Path root) {
        this.home = new Home(root);
    }

    TestHome flag(String name, String value) {
        flags.put(name, value);
        return this;
    }

    TestHome env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    TestHome dotenv(String text) {
        return write(home.dotenv(), text.getBytes(StandardCharsets.UTF_8));
    }

    TestHome yaml(String text) {
        return write(home.settings(), text.getBytes(StandardCharsets.UTF_8));
    }

    TestHome write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigOutcome load() {
        return ConfigLoader.load(home, flags, environment);
    }

    Loaded loaded() {
        ConfigOutcome outcome = load();
        if (outcome instanceof Loaded loaded) {
            return loaded;
        }
        return Assertions.fail("not loaded: " + outcome);
    }

    Config config() {
        return loaded().config();
    }

    /** As they are shown to the user. */
    List<String> problems() {
        ConfigOutcome outcome = load();
        if (outcome instanceof Invalid invalid) {
            return invalid.problems().stream().map(Problem::toString).toList();
        }
        return Assertions.fail("no problems: " + outcome);
    }

    String sourceOf(String setting) {
        return loaded().provenance().stream()
                .filter(provenance -> provenance.setting().equals(setting))
                .map(Provenance::source)
                .findFirst()
                .orElseThrow();
    }
}
