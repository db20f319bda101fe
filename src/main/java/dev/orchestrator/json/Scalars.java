package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

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
            expect(in.currentToken().isNumeric(), in, "a number");
            return in.getLongValue();
        }
        if (type == int.class || type == Integer.class) {
            expect(in.currentToken().isNumeric(), in, "a number");
            return in.getIntValue();
        }
        if (type == boolean.class || type == Boolean.class) {
            expect(in.currentToken().isBoolean(), in, "true or false");
            return in.getBooleanValue();
        }
        if (type == BigDecimal.class) {
            expect(in.currentToken().isNumeric(), in, "a number");
            return in.getDecimalValue();
        }
        boolean isObject = type.isRecord() && type != TaskId.class;
        expect(in.currentToken() == JsonToken.VALUE_STRING && !isObject, in, isObject ? "an object" : "a text");
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
            throw new Misfit(in, Misfit.property(in) + '"' + text + "\", which is " + otherThan(type), e);
        }
    }

    private static void expect(boolean fits, JsonParser in, String what) throws IOException {
        if (!fits) {
            throw Misfit.instead(in, what);
        }
    }

    private static String otherThan(Class<?> type) {
        if (type == TaskId.class) {
            return "no task id";
        }
        if (type.isEnum()) {
            return "none of "
                    + String.join(", ", new TreeSet<>(CONSTANTS.get(type).keySet()));
        }
        return type == Instant.class ? "no time such as 2026-11-22T14:25:01.000Z" : "no duration such as PT90S";
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
