package dev.orchestrator.testkit.disk;

import java.io.IOException;

/** Stands between a program and its disk: sees each operation, and lets it happen or not. Thread-safe. */
public interface DiskWatch {
    /** Lets everything happen. */
    DiskWatch NONE = new DiskWatch() {
        @Override
        public <T> T around(DiskOperation operation, Doing<T> doing) throws IOException {
            return doing.run();
        }
    };

    /** An operation that is about to happen. */
    @FunctionalInterface
    interface Doing<T> {
        T run() throws IOException;
    }

    <T> T around(DiskOperation operation, Doing<T> doing) throws IOException;
}
