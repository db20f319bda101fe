package dev.orchestrator.config;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The configuration in force. Whoever must follow a reload keeps this and asks each time; whoever needs one consistent
 * picture for a while asks once. Thread-safe.
 */
public final class ConfigRef implements Supplier<Config> {
    private final AtomicReference<Config> current;

    public ConfigRef(Config initial) {
        this.current = new AtomicReference<>(initial);
    }

    @Override
    public Config get() {
        return current.get();
    }

    /** @return the configuration that was in force before */
    public Config replace(Config next) {
        return current.getAndSet(next);
    }
}
