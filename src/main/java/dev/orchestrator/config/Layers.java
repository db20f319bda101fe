package dev.orchestrator.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which layer answers for a setting. Immutable. */
final class Layers {
    private final Map<String, Given> strongest = new HashMap<>();

    /** @param layers what each of them gives, at most once for each setting */
    Layers(Map<Layer, ? extends Collection<Given>> layers) {
        List<Layer> weakestFirst =
                layers.keySet().stream().sorted(Comparator.reverseOrder()).toList();
        for (Layer layer : weakestFirst) {
            layers.get(layer).forEach(given -> strongest.put(given.setting(), given));
        }
    }

    /** What the strongest layer says that says anything. */
    Optional<Given> strongest(String setting) {
        return Optional.ofNullable(strongest.get(setting));
    }
}
