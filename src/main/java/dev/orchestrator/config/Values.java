package dev.orchestrator.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The value of each setting of a table, and where it came from. For one thread. */
final class Values {
    private final Map<String, Object> values = new HashMap<>();
    private final List<Provenance> provenance = new ArrayList<>();

    /** Takes each setting from the strongest layer that gives it; a value that cannot be read becomes a problem. */
    static Values resolve(SettingsTable table, Layers layers, Findings findings) {
        Values values = new Values();
        for (Setting<?> setting : table.with(layers.names())) {
            values.resolve(setting, layers.strongest(setting.name()), findings);
        }
        return values;
    }

    /**
     * @throws IllegalStateException when {@code setting} is not in the table, or had a problem
     */
    @SuppressWarnings("unchecked") // only put() writes, and it is given a setting together with a value of its type
    <T> T get(Setting<T> setting) {
        Object value = values.get(setting.name());
        if (value == null) {
            throw new IllegalStateException(setting.name() + " has no value");
        }
        return (T) value;
    }

    /** Empty when {@code setting} is not in the table, or had a problem. */
    <T> Optional<T> find(Setting<T> setting) {
        return values.containsKey(setting.name()) ? Optional.of(get(setting)) : Optional.empty();
    }

    /** Null when the setting called so has no value. */
    @Nullable
    Object raw(String setting) {
        return values.get(setting);
    }

    /** The settings that have a value. */
    Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /** Where those were given whose names begin so. */
    Stream<String> sources(String beginning) {
        return provenance.stream()
                .filter(each -> each.setting().startsWith(beginning))
                .map(Provenance::source)
                .filter(source -> !source.equals(Provenance.DEFAULT));
    }

    List<Provenance> provenance() {
        return List.copyOf(provenance);
    }

    private <T> void resolve(Setting<T> setting, Optional<Given> given, Findings findings) {
        if (given.isEmpty()) {
            put(setting, setting.defaultValue(), Provenance.DEFAULT);
            return;
        }
        try {
            put(setting, setting.type().parse(given.get().text()), given.get().source());
        } catch (IllegalArgumentException e) {
            findings.problem(Problem.of(setting, given.get(), String.valueOf(e.getMessage())));
        }
    }

    /** What settings say that must not be said anywhere else. */
    List<String> secrets() {
        return values.values().stream()
                .map(value -> value instanceof Optional<?> optional ? optional.orElse(null) : value)
                .filter(Secret.class::isInstance)
                .map(secret -> ((Secret) secret).reveal())
                .toList();
    }

    private <T> void put(Setting<T> setting, T value, String source) {
        values.put(setting.name(), value);
        provenance.add(Provenance.of(setting, value, source));
    }
}
