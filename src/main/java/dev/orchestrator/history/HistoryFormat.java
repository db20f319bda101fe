package dev.orchestrator.history;

import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.json.Instants;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one encoder and decoder of the lines of {@code history.ndjson}. They are JSON, always of the same form, so that tens of
 * thousands are read within the time of a short command; a line of any other form is damaged. Sample:
 *
 * <pre>
 * {"schema_version":"1.0","segment":1,"offset":0}
 * {"seq":1,"segment":1,"offset":104,"ts":"2026-11-22T14:25:01.000Z","event":"segment_opened"}
 * {"seq":9,"segment":1,"offset":2120,"ts":"2026-11-22T14:25:09.120Z","event":"attempt_finished","category":"overloaded"}
 * {"seq":22,"segment":1,"offset":4183,"ts":"2026-11-22T14:26:12.000Z","event":"task_finished","task_id":"fix-login",
 *  "status":"succeeded","type":"bug_fix","attempts":2,"duration_ms":1403,"cost_usd":0.0213,"input_tokens":7,"output_tokens":9}
 * </pre>
 *
 * <p>(The last is one line in the file.) {@code category} and {@code cost_usd} are left out when they are not known.
 */
final class HistoryFormat {
    private static final Literal VERSION = new Literal("{\"schema_version\":\"1.0\"");
    private static final Literal SEQ = new Literal("{\"seq\":");
    private static final Literal SEGMENT = new Literal(",\"segment\":");
    private static final Literal OFFSET = new Literal(",\"offset\":");
    private static final Literal TS = new Literal(",\"ts\":\"");
    private static final Literal EVENT = new Literal("\",\"event\":\"");
    private static final Literal TASK_ID = new Literal(",\"task_id\":\"");
    private static final Literal STATUS = new Literal(",\"status\":\"");
    private static final Literal TYPE = new Literal(",\"type\":\"");
    private static final Literal CATEGORY = new Literal(",\"category\":\"");
    private static final Literal ATTEMPTS = new Literal(",\"attempts\":");
    private static final Literal DURATION = new Literal(",\"duration_ms\":");
    private static final Literal COST = new Literal(",\"cost_usd\":");
    private static final Literal INPUT = new Literal(",\"input_tokens\":");
    private static final Literal OUTPUT = new Literal(",\"output_tokens\":");

    private static final String TURN_OVER = "task_finished";
    private static final String ATTEMPT_FAILED = "attempt_finished";
    private static final String VIOLATION = "security_violation";
    private static final String SEGMENT_BEGUN = "segment_opened";

    private static final Map<String, TaskStatus> STATUSES = new HashMap<>();
    private static final Map<String, FailureCategory> CATEGORIES = new HashMap<>();

    static {
        for (TaskStatus status : TaskStatus.values()) {
            STATUSES.put(status.toString(), status);
        }
        for (FailureCategory category : FailureCategory.values()) {
            CATEGORIES.put(category.toString(), category);
        }
    }

    private HistoryFormat() {}

    /** A part of a line that is always the same. */
    private record Literal(String text, byte[] bytes) {
        Literal(String text) {
            this(text, text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The first line. @param from the place in the journal from which on it is in the file */
    static String header(JournalPosition from) {
        return "" + VERSION + SEGMENT + from.segment() + OFFSET + from.offset() + "}\n";
    }

    /** Reads the first line. @throws IllegalArgumentException when it is not one of this version */
    static JournalPosition header(Scan in) {
        in.expect(VERSION.bytes);
        JournalPosition from = position(in);
        end(in);
        return from;
    }

    private static JournalPosition position(Scan in) {
        return new JournalPosition(in.number(SEGMENT.bytes), in.number(OFFSET.bytes));
    }

    private static void end(Scan in) {
        in.expect('}');
        in.expect('\n');
    }

    static void encode(HistoryLine line, StringBuilder out) {
        out.append(SEQ).append(line.seq());
        out.append(SEGMENT).append(line.after().segment());
        out.append(OFFSET).append(line.after().offset());
        out.append(TS).append(Instants.format(line.ts()));
        Fact fact = line.fact();
        if (fact instanceof Fact.TurnOver turn) {
            turn(turn, out);
        } else if (fact instanceof Fact.AttemptFailed failed) {
            event(ATTEMPT_FAILED, out);
            category(failed.category(), out);
        } else {
            event(fact instanceof Fact.Violation ? VIOLATION : SEGMENT_BEGUN, out);
        }
        out.append("}\n");
    }

    private static void turn(Fact.TurnOver turn, StringBuilder out) {
        event(TURN_OVER, out);
        out.append(TASK_ID).append(turn.taskId()).append('"');
        out.append(STATUS).append(turn.status()).append('"');
        out.append(TYPE).append(turn.type()).append('"');
        category(turn.category(), out);
        out.append(ATTEMPTS).append(turn.attempts());
        out.append(DURATION).append(turn.durationMs());
        if (turn.costUsd() != null) {
            out.append(COST).append(turn.costUsd().toPlainString());
        }
        out.append(INPUT).append(turn.inputTokens());
        out.append(OUTPUT).append(turn.outputTokens());
    }

    private static void event(String name, StringBuilder out) {
        out.append(EVENT).append(name).append('"');
    }

    private static void category(@Nullable FailureCategory category, StringBuilder out) {
        if (category != null) {
            out.append(CATEGORY).append(category).append('"');
        }
    }

    /** Reads any other line. @throws RuntimeException when it is damaged */
    static HistoryLine decode(Scan in) {
        long seq = in.number(SEQ.bytes);
        HistoryLine read = new HistoryLine(seq, position(in), in.instant(TS.bytes), fact(in));
        end(in);
        return read;
    }

    private static Fact fact(Scan in) {
        return switch (in.text(EVENT.bytes)) {
            case TURN_OVER -> turn(in);
            case ATTEMPT_FAILED -> new Fact.AttemptFailed(known(CATEGORIES, in.text(CATEGORY.bytes)));
            case VIOLATION -> new Fact.Violation();
            case SEGMENT_BEGUN -> new Fact.SegmentBegun();
            default -> throw new IllegalArgumentException();
        };
    }

    private static Fact turn(Scan in) {
        return new Fact.TurnOver(
                in.text(TASK_ID.bytes),
                known(STATUSES, in.text(STATUS.bytes)),
                in.text(TYPE.bytes),
                in.sees(CATEGORY.bytes) ? known(CATEGORIES, in.text(CATEGORY.bytes)) : null,
                Math.toIntExact(in.number(ATTEMPTS.bytes)),
                in.number(DURATION.bytes),
                in.sees(COST.bytes) ? in.amount(COST.bytes) : null,
                in.number(INPUT.bytes),
                in.number(OUTPUT.bytes));
    }

    private static <T> T known(Map<String, T> names, String name) {
        T found = names.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name);
        }
        return found;
    }
}
