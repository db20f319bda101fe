package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;

/**
 * How JSON looks that people may open. {@link #object} writes it without the object mapper, which a short command has no time to
 * load; thread-safe.
 */
public final class Layout {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Layout() {}

    /** Writes the properties of one object. */
    @FunctionalInterface
    public interface Properties {
        void writeTo(JsonGenerator out) throws IOException;
    }

    /** One object as {@link Json#pretty} writes it, without a line break at its end. */
    public static String object(Properties properties) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.setPrettyPrinter(printer());
            out.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            out.writeStartObject();
            properties.writeTo(out);
            out.writeEndObject();
        }
        return text.toString();
    }

    static DefaultPrettyPrinter printer() {
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    }
}
