package dev.orchestrator.config;

import dev.orchestrator.task.NearestName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows of settings, found by every name they have. Iterates in the order of the rows. */
final class SettingsTable implements Iterable<Setting<?>> {
    private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
    private final Map<String, Setting<?>> byVariable = new LinkedHashMap<>();
    private final Map<String, AliasOf> byAlias = new LinkedHashMap<>();

    /** An alias and the setting it sets. */
    record AliasOf(Setting<?> setting, Alias alias) {}

    /** @throws IllegalArgumentException when two rows share a name or a variable */
    SettingsTable(List<Setting<?>> rows) {
        for (Setting<?> setting : rows) {
            add(byName, setting.name(), setting);
            add(byVariable, setting.variable(), setting);
            setting.aliases().forEach(alias -> add(byAlias, alias.variable(), new AliasOf(setting, alias)));
        }
    }

    Optional<Setting<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<Setting<?>> ofVariable(String variable) {
        return Optional.ofNullable(byVariable.get(variable));
    }

    Optional<AliasOf> ofAlias(String variable) {
        return Optional.ofNullable(byAlias.get(variable));
    }

    boolean isGroup(String name) {
        return groups().anyMatch(name::equals);
    }

    /** The setting or group that {@code given} was meant to be: the nearest name, or else the one that ends with it. */
    Optional<String> nearestName(String given) {
        List<String> names = new ArrayList<>(byName.keySet());
        groups().forEach(names::add);
        return NearestName.nearest(given, names)
                .or(() -> names.stream()
                        .filter(name -> name.endsWith("." + given))
                        .findFirst());
    }

    /** @param given starts with our prefix, in any case; it does not count as something the names have in common */
    Optional<String> nearestVariable(String given) {
        List<String> ends =
                byVariable.keySet().stream().map(SettingsTable::withoutPrefix).toList();
        return NearestName.nearest(withoutPrefix(given), ends).map(Setting.PREFIX::concat);
    }

    private static String withoutPrefix(String variable) {
        return variable.substring(Setting.PREFIX.length());
    }

    @Override
    public Iterator<Setting<?>> iterator() {
        return List.copyOf(byName.values()).iterator();
    }

    private Stream<String> groups() {
        return byName.values().stream()
                .map(Setting::group)
                .filter(group -> !group.isEmpty())
                .distinct();
    }

    private static <V> void add(Map<String, V> map, String key, V value) {
        if (map.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("two settings are called " + key);
        }
    }
}
