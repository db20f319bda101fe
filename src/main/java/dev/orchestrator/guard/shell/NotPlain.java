package dev.orchestrator.guard.shell;

/** Carries the reason from the place that found it to {@link ShellScript#parse}; no farther. */
final class NotPlain extends Exception {
    private static final long serialVersionUID = 1;
    private final String why;

    NotPlain(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
