package dev.orchestrator.config;

/** Where a setting can be given, strongest first. The priorities are those that
 * smallrye-config gives the same things. */
enum Layer {
    FLAG(400),
    ENVIRONMENT(300),
    DOTENV(295),
    FILE(110);

    private final int priority;

    Layer(int priority) {
        this.priority = priority;
    }

    int priority() {
        return priority;
    }
}
