package dev.orchestrator.guard.shell;

/**
 * A file that a command opens: {@code > >> >| &> &>> <}, or {@code <>}, which is one that reads and one that writes.
 * Copies of the standard descriptors ({@code 2>&1}) open nothing and are none.
 *
 * @param target the file's name without its quotes, exactly as bash opens it
 */
public record Redirection(boolean writes, String target) {}
