package dev.orchestrator.cli;

/** Waits between two looks at a file. */
@FunctionalInterface
interface Pause {
    /** Waits {@code millis}, or less when it is to end; answers true when it is. */
    boolean await(long millis) throws InterruptedException;
}
