package dev.orchestrator.config;

import java.util.List;
import java.util.Locale;

/**
 * One row of {@link Settings}.
 *
 * @param name {@code group.key} or {@code key}; words are joined by {@code _}
 * @param meaning one sentence
 * @param aliases further variables that set it
 */
record Setting<T>(String name, ValueType<T> type, T defaultValue, String meaning, List<Alias> aliases) {
    static final String PREFIX = "ORCHESTRATOR_";

    Setting {
        aliases = List.copyOf(aliases);
    }

    /** {@code a.b_c} is {@code ORCHESTRATOR_A_B_C}. */
    String variable() {
        return PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The part before the dot; empty for a setting without a group. */
    String group() {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }

    boolean isList() {
        return type.kind() == ValueType.Kind.LIST;
    }

    boolean isCommandLine() {
        return type.kind() == ValueType.Kind.COMMAND_LINE;
    }

    /** {@code text}, a valid value, as anybody may see it. */
    String shown(String text) {
        return switch (type.kind()) {
            case SECRET -> text.isEmpty() ? text : Secret.MASK;
            case ADDRESS -> ValueTypes.server(text);
            default -> text;
        };
    }

    /** True when nothing of a value that is wrong is shown. */
    boolean isPrivate() {
        return isSecret() || type.kind() == ValueType.Kind.ADDRESS;
    }

    boolean isSecret() {
        return type.kind() == ValueType.Kind.SECRET;
    }
}
