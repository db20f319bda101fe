package dev.orchestrator.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.MapBackedConfigValueConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which layer answers for a setting: the only class that knows smallrye-config. */
final class Layers {
    private final SmallRyeConfig config;

    /** @param layers what each of them gives, at most once for each setting */
    Layers(Map<Layer, ? extends Collection<Given>> layers) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        layers.forEach((layer, givens) -> builder.withSources(new Source(layer, givens)));
        this.config = builder.build();
    }

    /** What the strongest layer says that says anything. */
    Optional<Given> strongest(String setting) {
        ConfigValue value = config.getConfigValue(setting);
        return Optional.ofNullable(value.getValue())
                .map(text -> new Given(setting, value.getRawValue(), text, value.getSourceName()));
    }

    private static final class Source extends MapBackedConfigValueConfigSource {
        private static final long serialVersionUID = 1;

        Source(Layer layer, Collection<Given> givens) {
            super(
                    layer.name(),
                    givens.stream().collect(Collectors.toMap(Given::setting, given -> value(layer, given))),
                    layer.priority());
        }

        private static ConfigValue value(Layer layer, Given given) {
            return ConfigValue.builder()
                    .withName(given.setting())
                    .withRawValue(given.written())
                    .withValue(given.text())
                    .withConfigSourceName(given.source())
                    .withConfigSourceOrdinal(layer.priority())
                    .build();
        }
    }
}
