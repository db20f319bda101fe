package dev.orchestrator.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** A value that must not appear in logs, arguments, artifacts or answers: whatever prints it prints {@code ***}. */
public final class Secret {
    static final String MASK = "***";

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @JsonValue
    @Override
    public String toString() {
        return MASK;
    }
}
