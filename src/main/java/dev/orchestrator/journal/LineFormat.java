package dev.orchestrator.journal;

import dev.orchestrator.json.Damage;
import dev.orchestrator.json.Instants;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.TaskEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

    private static final String SEQ = "{\"seq\":";
    private static final String TS = ",\"ts\":\"";
    private static final String EVENT = "\",\"event\":\"";

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

    /** All names that are written, in the order of the alphabet. */
    public static SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(TYPES.keySet());
        // What stands for events of a newer version is never written.
        names.remove(NAMES.get(DaemonEvent.Unknown.class));
        return names;
    }

    /**
     * The line for {@code event} except its number, which only the writer of the journal knows: done on the thread that
     * has the event, so that the one writer has little to do and an event that cannot be written fails its author. Of very
     * long texts the line, and the event that is told, has only the beginning.
     *
     * @throws IllegalArgumentException when the text is that of a task, which must not be cut
     */
    static Journal.Line encode(Instant ts, Event event) {
        byte[] line = unnumbered(ts, event);
        if (line.length <= LineLimit.MOST_CHARS) {
            return new Journal.Line(ts, event, line);
        }
        Event cut = LineLimit.cut(event);
        return new Journal.Line(ts, cut, unnumbered(ts, cut));
    }

    private static byte[] unnumbered(Instant ts, Event event) {
        String head = "{\"ts\":\"" + Instants.format(ts) + "\",\"event\":\"" + nameOf(event) + '"';
        String body = Json.text(Json.sparse().writer(), event);
        String rest = body.equals("{}") ? "}" : "," + body.substring(1);
        return (head + rest).getBytes(StandardCharsets.UTF_8);
    }

    /** Puts the number into what {@link #encode} made, and the line break behind it. */
    static void writeNumbered(long seq, byte[] unnumbered, ByteArrayOutputStream out) {
        out.writeBytes((SEQ + seq + ",").getBytes(StandardCharsets.UTF_8));
        out.write(unnumbered, 1, unnumbered.length - 1);
        out.write('\n');
    }

    /** Reads one line, without its line break. Events of a newer version come back as {@link DaemonEvent.Unknown}. */
    public static JournalEntry decode(String line) throws MalformedLine {
        Optional<Head> quick = head(line).filter(found -> found.type() != DaemonEvent.Unknown.class);
        try {
            if (quick.isPresent()) {
                Head head = quick.get();
                return new JournalEntry(head.seq(), head.ts(), Records.read(line, head.type()));
            }
            AnyHead head = Records.read(line, AnyHead.class);
            if (head.seq == null || head.ts == null || head.event == null) {
                throw new MalformedLine("not an event");
            }
            Class<? extends Event> type = TYPES.get(head.event);
            Event event = type == null ? new DaemonEvent.Unknown(head.event) : Records.read(line, type);
            return new JournalEntry(head.seq, head.ts, event);
        } catch (IOException e) {
            throw new MalformedLine(Damage.of(e));
        }
    }

    /** The number of an event; empty when {@code line} is none. */
    static OptionalLong seqOf(String line) {
        try {
            return OptionalLong.of(decode(line).seq());
        } catch (MalformedLine e) {
            return OptionalLong.empty();
        }
    }

    /**
     * What every line begins with, for whoever looks for a few events among many. The rest of the line is not looked at.
     *
     * @param type {@link DaemonEvent.Unknown} for events of a newer version
     */
    public record Head(long seq, Instant ts, Class<? extends Event> type) {}

    /** Empty when the line does not begin as the lines that are written here do; it may be an event all the same. */
    public static Optional<Head> head(String line) {
        int comma = line.indexOf(',');
        int name = comma + TS.length() + Instants.LENGTH + EVENT.length();
        int end = line.indexOf('"', name);
        if (comma < 0
                || end < 0
                || !line.startsWith(SEQ)
                || !line.startsWith(TS, comma)
                || !line.startsWith(EVENT, name - EVENT.length())) {
            return Optional.empty();
        }
        try {
            long seq = Long.parseLong(line, SEQ.length(), comma, 10);
            Instant ts = Instants.parse(line.substring(comma + TS.length(), name - EVENT.length()));
            return Optional.of(
                    new Head(seq, ts, TYPES.getOrDefault(line.substring(name, end), DaemonEvent.Unknown.class)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** What every line has. */
    record AnyHead(
            @Nullable Long seq,
            @Nullable Instant ts,
            @Nullable String event) {}

    @SuppressWarnings("unchecked")
    private static void register(Class<? extends Event> family) {
        for (Class<?> type : family.getPermittedSubclasses()) {
            Class<? extends Event> event = (Class<? extends Event>) type;
            if (event.isSealed()) {
                register(event);
            } else {
                String name = Records.snakeCase(event.getSimpleName());
                NAMES.put(event, name);
                TYPES.put(name, event);
            }
        }
    }
}
