package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The values that are one JSON token each. */
final class Scalars {
    private static final ClassValue<Map<String, Object>> CONSTANTS = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return constants(type);
        }
    };

    private Scalars() {}

    static Object read(JsonParser in, Class<?> type) throws IOException {
        if (type == long.class || type == Long.class) {
            return in.getLongValue();
        }
        if (type == int.class || type == Integer.class) {
            return in.getIntValue();
        }
        if (type == boolean.class || type == Boolean.class) {
            return in.getBooleanValue();
        }
        if (type == BigDecimal.class) {
            return in.getDecimalValue();
        }
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw new JsonParseException(in, in.currentToken() + " where a string belongs");
        }
        return parse(in, in.getText(), type);
    }

    /** What is written as a string, also as the key of a map. */
    static Object parse(JsonParser in, String text, Class<?> type) throws IOException {
        try {
            if (type == String.class) {
                return text;
            }
            if (type == Instant.class) {
                return Instants.parse(text);
            }
            if (type == Duration.class) {
                return Duration.parse(text);
            }
            return type == TaskId.class ? TaskId.parse(text) : constant(text, type);
        } catch (RuntimeException e) {
            throw new JsonParseException(in, text + " is not a " + type.getSimpleName(), e);
        }
    }

    private static Object constant(String text, Class<?> type) {
        Object constant = CONSTANTS.get(type).get(text);
        if (constant == null) {
            throw new IllegalArgumentException(text);
        }
        return constant;
    }

    private static Map<String, Object> constants(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        if (constants == null) {
            throw new IllegalStateException("no rule for " + type);
        }
        Map<String, Object> byText = new HashMap<>();
        for (Object constant : constants) {
            byText.put(constant.toString(), constant);
        }
        return byText;
    }
}
