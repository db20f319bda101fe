package dev.orchestrator.guard.sandbox;

import java.util.Locale;

/** When programs are enclosed. */
public enum SandboxMode {
    /** Where it can be done. */
    AUTO,
    /** Always; where it cannot be done nothing is started. */
    REQUIRE,
    OFF;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
