package dev.orchestrator.mediator.ollama;

/**
 * Why Ollama gave no answer that can be used.
 *
 * @param message what happened, for a person
 */
public record OllamaFailure(Kind kind, String message) {

    /** Which failure it is, and with that what can be done about it. */
    public enum Kind {
        /** Nobody listens there. */
        ABSENT("Start it (`ollama serve`), or correct `ollama.url`."),
        /** Somebody listens there who is not Ollama. */
        NOT_OLLAMA("Correct `ollama.url`."),
        /** It has no such model. */
        MODEL_MISSING("Fetch the model (`ollama pull MODEL`), or correct `ollama.model`."),
        /** It does not let us. */
        REFUSED("Look at what it says; a model of its cloud wants `ollama signin`."),
        /** It has too much to do, or a machine behind it does not answer. */
        BUSY("It is asked again later."),
        /** It does not accept the question as it was put. */
        BAD_REQUEST("Look at what it says, and at `ollama.model` and `ollama.num_ctx`."),
        /** The answer ends before its end. */
        TRUNCATED("Give it more room (`ollama.num_ctx`), or take another model."),
        /** It failed while it worked, or what it sent is no answer. */
        BROKEN("Look at Ollama's own log."),
        /** It said nothing for too long. */
        TIMEOUT("Take a smaller model, or give it more time (`ollama.load_timeout`, `ollama.timeout`)."),
        /** We did not want the answer any more. */
        CANCELLED("");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }

        /** True when the same question may well be answered a moment later. */
        public boolean isPassing() {
            return this == BUSY || this == BROKEN;
        }

        /** True when it says that Ollama itself cannot be relied on now, whatever is asked. */
        public boolean isOfServer() {
            return this == ABSENT || this == NOT_OLLAMA || this == BUSY || this == BROKEN || this == TIMEOUT;
        }
    }

    /** What a person can do about it. */
    public String advice() {
        return kind.advice;
    }
}
