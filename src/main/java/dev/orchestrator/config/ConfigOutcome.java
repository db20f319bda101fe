package dev.orchestrator.config;

import java.nio.file.Path;
import java.util.List;

/** What came of reading the configuration. */
public sealed interface ConfigOutcome {

    /**
     * @param provenance of every setting, in the order of the documentation
     * @param notes sentences for the user about what was ignored
     */
    record Loaded(Config config, List<Provenance> provenance, List<String> notes) implements ConfigOutcome {
        public Loaded {
            provenance = List.copyOf(provenance);
            notes = List.copyOf(notes);
        }

        /** True when {@code file}, {@code .env} or {@code orchestrator.yaml}, has the value of a setting that is a secret. */
        public boolean hasSecretIn(Path file) {
            String source = file.getFileName() + " ";
            return provenance.stream()
                    .anyMatch(row ->
                            row.value().equals(Secret.MASK) && row.source().startsWith(source));
        }
    }

    /** @param problems all of them, at least one */
    record Invalid(List<Problem> problems) implements ConfigOutcome {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
