package dev.orchestrator.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Our scalar types. Written by hand rather than through jackson-datatype-jsr310, whose instants have as many digits as
 * they need, while our files promise exactly three, and which every command line call would have to load.
 */
final class VocabularyModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    VocabularyModule() {
        super("vocabulary");
        addSerializer(Instant.class, new InstantSerializer());
        addDeserializer(Instant.class, new Parsed<>(Instant.class, Instant::parse));
        addSerializer(Duration.class, new ToStringSerializer(Duration.class));
        addDeserializer(Duration.class, new Parsed<>(Duration.class, Duration::parse));
        addSerializer(TaskId.class, new ToStringSerializer(TaskId.class));
        addDeserializer(TaskId.class, new Parsed<>(TaskId.class, TaskId::parse));
        addKeyDeserializer(TaskId.class, new TaskIdKey());
    }

    private static final class InstantSerializer extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Instants.format(value));
        }
    }

    private interface Reading<T> extends java.io.Serializable {
        T read(String text);
    }

    private static final class Parsed<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;
        private final Reading<T> reading;

        Parsed(Class<T> type, Reading<T> reading) {
            super(type);
            this.reading = reading;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return reading.read(text);
            } catch (RuntimeException e) {
                return handled(text, context, e);
            }
        }

        @SuppressWarnings("unchecked")
        private T handled(String text, DeserializationContext context, RuntimeException e) throws IOException {
            return (T) context.handleWeirdStringValue(_valueClass, text, "%s", e.getMessage());
        }
    }

    private static final class TaskIdKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return TaskId.parse(key);
        }
    }
}
