package dev.orchestrator.intake.file;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Rejection} from the place that found it to {@link TaskFileReader}; no farther. */
final class TaskRejected extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Rejection rejection;

    TaskRejected(String reason, @Nullable Integer line, String remedy) {
        super(reason);
        this.rejection = new Rejection(reason, line, remedy);
    }

    Rejection rejection() {
        return rejection;
    }
}
