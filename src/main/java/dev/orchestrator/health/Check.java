package dev.orchestrator.health;

/**
 * One question about this machine and this home.
 *
 * @param group what it is about, such as {@code home}
 */
public record Check(String group, String name, Body body) {

    /** Finds the answer; a thrown exception is a failed check. */
    @FunctionalInterface
    public interface Body {
        CheckResult run() throws Exception;
    }
}
