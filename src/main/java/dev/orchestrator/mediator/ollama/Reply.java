package dev.orchestrator.mediator.ollama;

import java.util.function.Function;

/** What came of asking Ollama. */
public sealed interface Reply<T> {

    record Answered<T>(T value) implements Reply<T> {}

    record Failed<T>(OllamaFailure failure) implements Reply<T> {}

    static <T> Reply<T> failed(OllamaFailure.Kind kind, String message) {
        return new Failed<>(new OllamaFailure(kind, message));
    }

    /** The same failure, or what {@code next} makes of the value. */
    default <R> Reply<R> then(Function<? super T, Reply<R>> next) {
        return this instanceof Answered<T> answered
                ? next.apply(answered.value())
                : new Failed<>(((Failed<T>) this).failure());
    }
}
