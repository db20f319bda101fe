package dev.orchestrator.testkit.ollama;

/** A request that gets no answer but {@code {"error":"..."}}. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refused badRequest(String message) {
        return new Refused(400, message);
    }

    int status() {
        return status;
    }
}
