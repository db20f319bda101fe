package dev.orchestrator.config;

import dev.orchestrator.task.NearestName;
import java.util.ArrayList;
import java.util.Collection;
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
    private final OpenGroup open;

    /** An alias and the setting it sets. */
    record AliasOf(Setting<?> setting, Alias alias) {}

    /** @throws IllegalArgumentException when two rows share a name or a variable */
    SettingsTable(List<Setting<?>> rows, OpenGroup open) {
        this.open = open;
        for (Setting<?> setting : rows) {
            add(byName, setting.name(), setting);
            add(byVariable, setting.variable(), setting);
            setting.aliases().forEach(alias -> add(byAlias, alias.variable(), new AliasOf(setting, alias)));
        }
    }

    Optional<Setting<?>> named(String name) {
        return Optional.<Setting<?>>ofNullable(byName.get(name)).or(() -> open.named(name));
    }

    Optional<Setting<?>> ofVariable(String variable) {
        return Optional.<Setting<?>>ofNullable(byVariable.get(variable)).or(() -> open.ofVariable(variable));
    }

    Optional<AliasOf> ofAlias(String variable) {
        return Optional.ofNullable(byAlias.get(variable));
    }

    boolean isGroup(String name) {
        return groups().anyMatch(name::equals) || open.isGroup(name);
    }

    /** All rows, and of those with open names the ones that {@code given} has. */
    List<Setting<?>> with(Collection<String> given) {
        return Stream.concat(byName.values().stream(), open.settings(given)).toList();
    }

    /** Those with open names, as the table has them. */
    List<Setting<?>> openRows() {
        return open.rows();
    }

    /** What to do about {@code unknown}, which somebody wrote for the name of a setting. */
    String remedy(String unknown) {
        return open.remedy(unknown)
                .or(() -> nearestName(unknown).map(near -> "Did you mean " + near + "?"))
                .orElse("Remove it; `config` lists every setting.");
    }

    /** The setting or group that {@code given} was meant to be: the nearest name, or else the one that ends with it. */
    private Optional<String> nearestName(String given) {
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
        return Stream.concat(
                        byName.values().stream().map(Setting::group).filter(group -> !group.isEmpty()),
                        Stream.of(open.group()))
                .distinct();
    }

    private static <V> void add(Map<String, V> map, String key, V value) {
        if (map.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("two settings are called " + key);
        }
    }
}
