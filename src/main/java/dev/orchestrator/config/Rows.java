package dev.orchestrator.config;

import java.util.ArrayList;
import java.util.List;

/** Gathers rows as they are declared, so that none can be declared and forgotten. For the initialisation of one class. */
final class Rows {
    private final List<Setting<?>> rows = new ArrayList<>();

    <T> Setting<T> row(String name, ValueType<T> type, T defaultValue, String meaning, Alias... aliases) {
        Setting<T> setting = new Setting<>(name, type, defaultValue, meaning, List.of(aliases));
        rows.add(setting);
        return setting;
    }

    /** In the order of their declaration. */
    List<Setting<?>> all() {
        return List.copyOf(rows);
    }
}
