package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into our records with the same rules as {@link Json#full}, without Jackson's object mapper: that one takes
 * longer to load than a whole {@code status} may last. For what short commands read; thread-safe.
 *
 * <p>Components may be of the types of {@link Scalars}, other records, {@code List} and {@code Map} of these. An unknown
 * property is passed over. A missing one is null when its component is {@code @Nullable}; any other must be there, so a
 * component that is added to a format has to be {@code @Nullable} as long as older files are to be read.
 */
public final class Records {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Records() {}

    /**
     * Reads one object.
     *
     * @throws JsonProcessingException when it is not JSON, or not a {@code type}
     */
    public static <T> T read(String json, Class<T> type) throws IOException {
        try (JsonParser in = FACTORY.createParser(json)) {
            return type.cast(whole(in, type));
        }
    }

    /** {@link #read(String, Class)} from UTF-8. */
    public static <T> T read(byte[] json, Class<T> type) throws IOException {
        try (JsonParser in = FACTORY.createParser(json)) {
            return type.cast(whole(in, type));
        }
    }

    /**
     * Reads one object of any shape: maps in the order of the file, lists, strings, {@link Number}s, booleans and nulls.
     *
     * @throws JsonProcessingException when it is not a JSON object
     */
    public static Map<String, @Nullable Object> tree(String json) throws IOException {
        try (JsonParser in = FACTORY.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new Misfit(in, "it is not a JSON object");
            }
            Map<String, @Nullable Object> tree = object(in);
            expectEnd(in);
            return tree;
        }
    }

    /** {@code aName} and {@code AName} as {@code a_name}. */
    public static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }

    private static Object whole(JsonParser in, Class<?> type) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new Misfit(in, "it is not a JSON object");
        }
        Object value = record(in, type);
        expectEnd(in);
        return value;
    }

    private static void expectEnd(JsonParser in) throws IOException {
        if (in.nextToken() != null) {
            throw new Misfit(in, "something follows its end");
        }
    }

    private static Object record(JsonParser in, Class<?> type) throws IOException {
        Shape shape = Shape.of(type);
        @Nullable Object[] values = new @Nullable Object[shape.names().length];
        boolean[] present = new boolean[values.length];
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            int index = shape.indexOf(in.currentName());
            boolean isNull = in.nextToken() == JsonToken.VALUE_NULL;
            if (index < 0) {
                in.skipChildren();
                continue;
            }
            values[index] = isNull ? null : value(in, shape.types()[index]);
            present[index] = !isNull || !shape.isPrimitive(index);
        }
        expectAll(in, type, shape, present);
        return create(in, shape, values);
    }

    private static void expectAll(JsonParser in, Class<?> type, Shape shape, boolean[] present) throws IOException {
        for (int i = 0; i < present.length; i++) {
            if (!present[i] && !Optionals.mayBeMissing(type, i, shape.names()[i])) {
                throw new Misfit(in, "`" + shape.names()[i] + "` is missing");
            }
        }
    }

    private static Object create(JsonParser in, Shape shape, @Nullable Object[] values) throws IOException {
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            throw new Misfit(
                    in,
                    "this cannot be so: "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(shape.constructor() + " cannot be called", e);
        }
    }

    private static Object value(JsonParser in, Type type) throws IOException {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return arguments.length == 1 ? list(in, arguments[0]) : map(in, arguments[0], arguments[1]);
        }
        Class<?> plain = (Class<?>) type;
        if (!plain.isRecord() || in.currentToken() != JsonToken.START_OBJECT) {
            return Scalars.read(in, plain);
        }
        return record(in, plain);
    }

    private static List<Object> list(JsonParser in, Type type) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(in, type));
        }
        return list;
    }

    private static Map<Object, Object> map(JsonParser in, Type keys, Type values) throws IOException {
        expect(in, JsonToken.START_OBJECT);
        Map<Object, Object> map = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            Object key = Scalars.parse(in, in.currentName(), (Class<?>) keys);
            in.nextToken();
            map.put(key, value(in, values));
        }
        return map;
    }

    private static void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw Misfit.instead(in, token == JsonToken.START_ARRAY ? "a list" : "an object");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            object.put(name, any(in));
        }
        return object;
    }

    private static @Nullable Object any(JsonParser in) throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT -> {
                return object(in);
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    list.add(any(in));
                }
                return list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return in.getNumberValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return in.getBooleanValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return in.getText();
            }
        }
    }
}
