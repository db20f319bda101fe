package dev.orchestrator.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The one encoder and decoder of journal lines. A line is one JSON object; inside strings JSON escapes line breaks, so a
 * line break always ends an event. Sample:
 *
 * <pre>
 * {"seq":1,"ts":"2026-11-22T14:25:01.000Z","event":"segment_opened","schema_version":"1.0","segment":1}
 * {"seq":2,"ts":"2026-11-22T14:25:01.004Z","event":"daemon_started","version":"0.1.0","pid":4711,"workers":3}
 * {"seq":3,"ts":"2026-11-22T14:25:09.120Z","event":"step_started","task_id":"fix-login","turn":1,"step":"parse"}
 * </pre>
 */
public final class LineFormat {
    static final String SCHEMA_VERSION = "1.0";

    private static final ObjectMapper MAPPER = Json.sparse();
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final Map<Class<?>, String> NAMES = new HashMap<>();
    private static final Map<String, Class<? extends Event>> TYPES = new HashMap<>();

    static {
        register(TaskEvent.class);
        register(DaemonEvent.class);
    }

    private LineFormat() {}

    /** A line that is not an event: torn, damaged, or not ours. */
    public static final class MalformedLine extends Exception {
        private static final long serialVersionUID = 1;

        MalformedLine(String problem) {
            super(problem);
        }
    }

    /** The name under which {@code event} is written, such as {@code task_accepted}. */
    public static String nameOf(Event event) {
        return event instanceof DaemonEvent.Unknown unknown
                ? unknown.name()
                : Objects.requireNonNull(NAMES.get(event.getClass()));
    }

    /**
     * The line for {@code event} except its number, which only the writer of the journal knows: done on the thread that
     * has the event, so that the one writer has little to do and an event that cannot be written fails its author.
     */
    static byte[] encodeUnnumbered(Instant ts, Event event) {
        ObjectNode line = MAPPER.createObjectNode();
        line.set("ts", MAPPER.valueToTree(ts));
        line.put("event", nameOf(event));
        line.setAll(MAPPER.<ObjectNode>valueToTree(event));
        return Json.bytes(WRITER, line);
    }

    /** Puts the number into what {@link #encodeUnnumbered} made, and the line break behind it. */
    static void writeNumbered(long seq, byte[] unnumbered, ByteArrayOutputStream out) {
        out.writeBytes(("{\"seq\":" + seq + ",").getBytes(StandardCharsets.UTF_8));
        out.write(unnumbered, 1, unnumbered.length - 1);
        out.write('\n');
    }

    /** Reads one line, without its line break. Events of a newer version come back as {@link DaemonEvent.Unknown}. */
    public static JournalEntry decode(String line) throws MalformedLine {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (!(node instanceof ObjectNode fields) || !fields.path("seq").canConvertToLong()) {
                throw new MalformedLine("not an event");
            }
            Instant ts = MAPPER.treeToValue(fields.path("ts"), Instant.class);
            return new JournalEntry(fields.path("seq").longValue(), ts, event(fields));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MalformedLine(String.valueOf(e.getMessage()));
        }
    }

    private static Event event(ObjectNode fields) throws JsonProcessingException {
        String name = fields.path("event").asText();
        Class<? extends Event> type = TYPES.get(name);
        return type == null ? new DaemonEvent.Unknown(name) : MAPPER.treeToValue(fields, type);
    }

    @SuppressWarnings("unchecked")
    private static void register(Class<? extends Event> family) {
        SnakeCaseStrategy snakeCase = new SnakeCaseStrategy();
        for (Class<?> type : family.getPermittedSubclasses()) {
            String name = snakeCase.translate(type.getSimpleName());
            NAMES.put(type, name);
            TYPES.put(name, (Class<? extends Event>) type);
        }
    }
}
