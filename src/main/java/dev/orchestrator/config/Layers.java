package dev.orchestrator.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which layer answers for a setting. Immutable. */
final class Layers {
    private final Map<String, Given> strongest = new HashMap<>();

    /** @param layers what each of them gives, at most once for each setting */
    Layers(Map<Layer, Collection<Given>> layers) {
        layers.entrySet().stream()
                .sorted(Map.Entry.<Layer, Collection<Given>>comparingByKey().reversed())
                .forEach(layer -> layer.getValue().forEach(given -> strongest.put(given.setting(), given)));
    }

    /** The settings of which any layer says something. */
    Set<String> names() {
        return Set.copyOf(strongest.keySet());
    }

    /** What the strongest layer says that says anything. */
    Optional<Given> strongest(String setting) {
        return Optional.ofNullable(strongest.get(setting));
    }
}
