package dev.orchestrator.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/**
 * The one configuration of Jackson: snake case names, lower case enums, UTC instants with milliseconds, numbers of money
 * without exponents, unknown properties ignored so that a newer file stays readable. Thread-safe.
 */
public final class Json {
    private static final ObjectMapper FULL = mapper(JsonInclude.Include.ALWAYS);
    private static final ObjectMapper SPARSE = mapper(JsonInclude.Include.NON_NULL);
    private static final ObjectWriter PRETTY = FULL.writer(Layout.printer());

    private Json() {}

    /** Writes every component, null or not: for files whose shape is promised. */
    public static ObjectMapper full() {
        return FULL;
    }

    /** Leaves nulls out: for events, of which there are many. */
    public static ObjectMapper sparse() {
        return SPARSE;
    }

    /** {@link #full} with line breaks ({@code \n} on every platform), for files that people open. */
    public static ObjectWriter pretty() {
        return PRETTY;
    }

    /**
     * {@code value} as UTF-8 bytes. Goes through a string, because Jackson's own UTF-8 output refuses half a surrogate
     * pair, which an agent can produce; here it becomes a question mark.
     */
    public static byte[] bytes(ObjectWriter writer, Object value) {
        return text(writer, value).getBytes(StandardCharsets.UTF_8);
    }

    /** {@code value} as a file that people open: {@link #pretty}, and the last line ends too. */
    public static byte[] document(Object value) {
        return (text(PRETTY, value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** {@code value} as text, which may hold half a surrogate pair; see {@link #bytes}. */
    public static String text(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    private static ObjectMapper mapper(JsonInclude.Include include) {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(JsonInclude.Value.construct(include, JsonInclude.Include.ALWAYS))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A record is its components; what it can answer besides, such as isOpen(), is no part of a file.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
                .addModule(new VocabularyModule())
                .build();
    }
}
