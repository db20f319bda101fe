package dev.orchestrator.json;

import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.Verbatim;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hides secrets in whatever becomes JSON: in all texts of a record, at any depth. Numbers, times, ids and constants stay, so
 * the result can be read again as what it was. Thread-safe.
 */
public final class Redaction {
    private static final ClassValue<Component[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected Component[] computeValue(Class<?> type) {
            return components(type);
        }
    };

    private final Redactor redactor;

    public Redaction(Redactor redactor) {
        this.redactor = redactor;
    }

    /** What tells what a secret is. */
    public Redactor redactor() {
        return redactor;
    }

    /** {@code record} without secrets, but for what is {@link Verbatim}; itself when it has none. */
    public <T extends Record> T of(T record) {
        @SuppressWarnings("unchecked") // made by the record's own constructor
        T redacted = (T) record(record);
        return redacted;
    }

    /** The property of {@code record} that is {@link Verbatim} and has a secret in it, if any. */
    public Optional<String> inVerbatim(Record record) {
        for (Component component : COMPONENTS.get(record.getClass())) {
            String text = String.valueOf(component.of(record));
            if (component.verbatim && !redactor.redact(text).equals(text)) {
                return Optional.of(component.name);
            }
        }
        return Optional.empty();
    }

    private Record record(Record record) {
        Component[] components = COMPONENTS.get(record.getClass());
        @Nullable Object[] values = new @Nullable Object[components.length];
        boolean changed = false;
        for (int i = 0; i < values.length; i++) {
            Object value = components[i].of(record);
            values[i] = components[i].verbatim ? value : value(value);
            changed |= !Objects.equals(values[i], value);
        }
        return changed ? (Record) made(record.getClass(), values) : record;
    }

    /** The very same object when nothing is hidden in it. */
    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return redactor.redact(text);
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        return value instanceof Record record && !(value instanceof TaskId) ? record(record) : value;
    }

    private List<?> list(List<?> list) {
        List<@Nullable Object> redacted = new ArrayList<>(list.size());
        boolean changed = false;
        for (Object item : list) {
            redacted.add(value(item));
            changed |= !Objects.equals(redacted.get(redacted.size() - 1), item);
        }
        return changed ? Collections.unmodifiableList(redacted) : list;
    }

    private Map<?, ?> map(Map<?, ?> map) {
        Map<@Nullable Object, @Nullable Object> redacted = new LinkedHashMap<>();
        boolean[] changed = new boolean[1];
        map.forEach((key, value) -> {
            Object newKey = value(key);
            Object newValue = value(value);
            redacted.put(newKey, newValue);
            changed[0] |= !Objects.equals(newKey, key) || !Objects.equals(newValue, value);
        });
        return changed[0] ? Collections.unmodifiableMap(redacted) : map;
    }

    private static Object made(Class<?> type, @Nullable Object[] values) {
        try {
            return Shape.of(type).constructor().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made without its secrets", e);
        }
    }

    /** @param name as a property */
    private record Component(String name, Method accessor, boolean verbatim) {
        @Nullable
        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(accessor + " cannot be called", e);
            }
        }
    }

    private static Component[] components(Class<?> type) {
        RecordComponent[] all = type.getRecordComponents();
        Component[] components = new Component[all.length];
        for (int i = 0; i < all.length; i++) {
            Method accessor = all[i].getAccessor();
            accessor.setAccessible(true);
            components[i] = new Component(
                    Records.snakeCase(all[i].getName()), accessor, all[i].isAnnotationPresent(Verbatim.class));
        }
        return components;
    }
}
