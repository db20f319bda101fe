package dev.orchestrator.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is to be said about a configuration while it is read, so that all of it is said at once. For one thread. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void problem(Problem problem) {
        problems.add(problem);
    }

    void note(String note) {
        notes.add(note);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
