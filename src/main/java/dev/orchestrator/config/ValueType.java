package dev.orchestrator.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the value of a setting is read from text and written back.
 *
 * @param form what a user may write, in words that follow "Use"
 * @param parser gets the text without blanks around it; throws {@link IllegalArgumentException} with a message that
 *     follows the text and does not repeat it ("is not a duration"), because the text may be a secret
 * @param printer the inverse of {@code parser}
 * @param kind what the layers need to know about it
 */
record ValueType<T>(String form, Function<String, T> parser, Function<T, String> printer, Kind kind) {

    enum Kind {
        SINGLE,
        /** May be a list in YAML; comma-separated in text. */
        LIST,
        /** May be a list in YAML, of which each item is a word. */
        COMMAND_LINE,
        /** Of a web address the server is shown: what stands behind it may be what lets one in. */
        ADDRESS,
        /** Is never shown. */
        SECRET
    }

    static <T> ValueType<T> single(String form, Function<String, T> parser, Function<T, String> printer) {
        return new ValueType<>(form, parser, printer, Kind.SINGLE);
    }

    T parse(String text) {
        return parser.apply(text.strip());
    }

    String print(T value) {
        return printer.apply(value);
    }

    /** The same, or nothing when the text is empty. */
    ValueType<Optional<T>> optional() {
        return new ValueType<>(
                form,
                text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text)),
                value -> value.map(printer).orElse(""),
                kind);
    }
}
