package dev.orchestrator.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When something is due: five fields of cron, by the clock on the wall of a time zone.
 *
 * <pre>
 * 0 3 * * 1-5      at 03:00 from Monday to Friday
 * @daily           at 00:00; also @hourly, @weekly, @monthly, @yearly
 * </pre>
 *
 * <p>What is due in an hour that the clocks skip is due at its end; in one that they show twice, the first time. So what is asked
 * of the library has no zone. Thread-safe.
 */
public final class Timetable {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final Map<String, String> NAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    /** No clock is set back by more. */
    private static final int HOURS_SET_BACK = 3;

    private final String text;
    private final ExecutionTime times;
    private final ZoneId zone;

    private Timetable(String text, ExecutionTime times, ZoneId zone) {
        this.text = text;
        this.times = times;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException when {@code text} is no such line, or is never due; the message follows its name */
    public static Timetable parse(String text, ZoneId zone) {
        String fields = NAMES.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text.strip());
        if (fields.startsWith("@")) {
            throw new IllegalArgumentException("is none of "
                    + String.join(", ", NAMES.keySet().stream().sorted().toList()));
        }
        if (fields.split("\\s+").length != 5) {
            throw new IllegalArgumentException("has not five fields: minute, hour, day of month, month, day of week");
        }
        Timetable table = new Timetable(text.strip(), times(fields), zone);
        if (table.next(Instant.EPOCH).isEmpty()) {
            throw new IllegalArgumentException("is never due");
        }
        return table;
    }

    private static ExecutionTime times(String fields) {
        try {
            return ExecutionTime.forCron(PARSER.parse(fields));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no cron line: " + e.getMessage(), e);
        }
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    public ZoneId zone() {
        return zone;
    }

    /** The first time strictly after {@code after}; empty when there is none any more. */
    public Optional<Instant> next(Instant after) {
        Optional<LocalDateTime> local = times.nextExecution(wall(after)).map(ZonedDateTime::toLocalDateTime);
        while (local.isPresent() && !instant(local.get()).isAfter(after)) {
            local = times.nextExecution(local.get().atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
        }
        return local.map(this::instant);
    }

    /** The last time after {@code after} and not after {@code until}. */
    public Optional<Instant> last(Instant after, Instant until) {
        Optional<ZonedDateTime> local = times.lastExecution(wall(until).plusHours(HOURS_SET_BACK));
        while (local.isPresent() && instant(local.get().toLocalDateTime()).isAfter(until)) {
            local = times.lastExecution(local.get());
        }
        return local.map(due -> instant(due.toLocalDateTime())).filter(due -> due.isAfter(after));
    }

    private ZonedDateTime wall(Instant instant) {
        return instant.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC);
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).toInstant();
    }
}
