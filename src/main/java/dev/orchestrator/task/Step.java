package dev.orchestrator.task;

import java.util.Locale;

/** The steps of the pipeline, in order, each with the share of a task's work that is behind it when it begins. */
public enum Step {
    PARSE(0),
    /** Only of tasks that a local model leads; between two runs of the agent it comes again. */
    COORDINATE(5),
    EXECUTE(5),
    VALIDATE(90),
    ACCEPT(92),
    PERSIST(95);

    private final int percentBefore;

    Step(int percentBefore) {
        this.percentBefore = percentBefore;
    }

    /** Rough progress of the whole task when this step begins, 0 to 100. */
    public int percentBefore() {
        return percentBefore;
    }

    /** Rough progress when this step has ended. */
    public int percentAfter() {
        return this == PERSIST ? 100 : values()[ordinal() + 1].percentBefore;
    }

    /** True when what it is about was made before, and nothing of it takes as long. */
    public boolean isBehindAgent() {
        return compareTo(EXECUTE) > 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
