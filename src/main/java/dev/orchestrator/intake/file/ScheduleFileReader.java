package dev.orchestrator.intake.file;

import dev.orchestrator.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a task file that says when its tasks come:
 *
 * <pre>
 * ---
 * schedule: "0 3 * * 1-5"
 * time_zone: Europe/Berlin
 * skip_if_missed: true
 * type: analyze
 * ---
 * # Look for dead code
 * </pre>
 *
 * <p>The first three keys are taken out, line by line, and an {@code id} is put in; so a task that comes of it has every other
 * character of the file. Pure. Thread-safe.
 */
public final class ScheduleFileReader {
    private static final String SCHEDULE = "schedule";
    private static final String TIME_ZONE = "time_zone";
    private static final String SKIP = "skip_if_missed";
    private static final Set<String> OWN = Set.of(SCHEDULE, TIME_ZONE, SKIP);
    /** To see whether a task can come of it. */
    private static final TaskId SOME_ID = new TaskId("some-id");

    private final TaskFileReader tasks;

    /** As for {@link TaskFileReader}. */
    public ScheduleFileReader(Supplier<Set<String>> knownTypes, long maxBytes) {
        this.tasks = new TaskFileReader(knownTypes, maxBytes);
    }

    /** What came of reading. */
    public sealed interface Result {
        /**
         * @param schedule as it is written
         * @param timeZone null when there is none
         */
        record Understood(
                String schedule, int line, @Nullable String timeZone, boolean skipIfMissed, TaskText task)
                implements Result {}

        record NotUnderstood(Rejection rejection) implements Result {}
    }

    /** What the file of each task has, but for its id. */
    public record TaskText(List<String> frontMatter, String body) {
        public TaskText {
            frontMatter = List.copyOf(frontMatter);
        }

        public String with(TaskId id) {
            String head = frontMatter.isEmpty() ? "" : String.join("\n", frontMatter) + "\n";
            return "---\nid: " + id + "\n" + head + "---\n" + body + "\n";
        }
    }

    /** Why a file of {@code bytes} is not even opened; empty when its size is fine. */
    public Optional<Rejection> tooLarge(long bytes) {
        return tasks.tooLarge(bytes);
    }

    /** Never throws, whatever the bytes are. */
    public Result read(String fileName, byte[] content) {
        Optional<Rejection> tooLarge = tasks.tooLarge(content.length);
        if (tooLarge.isPresent()) {
            return new Result.NotUnderstood(tooLarge.get());
        }
        try {
            return read(fileName, TextDecoder.decode(content));
        } catch (TaskRejected e) {
            return new Result.NotUnderstood(e.rejection());
        }
    }

    private Result read(String fileName, String text) throws TaskRejected {
        FrontMatter frontMatter = FrontMatter.of(text, key -> OWN.contains(key) || FrontMatterKeys.isKey(key));
        Map<String, Field> fields = frontMatter.fields();
        refuse(fields, "id", "each task gets an id of its own");
        refuse(fields, ReplyReader.KEY, "nothing is said again and again to a task that is over");
        Field schedule = fields.get(SCHEDULE);
        if (schedule == null) {
            throw new TaskRejected(
                    "There is no key 'schedule'", 1, "Say when it is due, such as 'schedule: \"0 3 * * 1-5\"'.");
        }
        String when = schedule.value().text();
        Field zone = fields.get(TIME_ZONE);
        String timeZone = zone == null ? null : zone.value().text();
        boolean skip = skips(fields.get(SKIP));
        TaskText task = new TaskText(without(text, frontMatter), frontMatter.body());
        return checked(fileName, new Result.Understood(when, schedule.keyLine(), timeZone, skip, task));
    }

    /** What is wrong with its tasks is said before the first is due. Its lines are not those that a person sees. */
    private Result checked(String fileName, Result.Understood understood) {
        byte[] some = understood.task().with(SOME_ID).getBytes(StandardCharsets.UTF_8);
        TaskFileResult result = tasks.read(fileName, some);
        if (!(result instanceof TaskFileResult.NotUnderstood not)) {
            return understood;
        }
        Rejection rejection = not.rejection();
        return new Result.NotUnderstood(new Rejection(rejection.reason(), null, rejection.remedy()));
    }

    private static void refuse(Map<String, Field> fields, String key, String why) throws TaskRejected {
        Field field = fields.get(key);
        if (field != null) {
            throw new TaskRejected(
                    "'" + key + "' has no place in a schedule: " + why, field.keyLine(), "Remove the key.");
        }
    }

    private static boolean skips(@Nullable Field field) throws TaskRejected {
        if (field == null) {
            return false;
        }
        Value value = field.value();
        return switch (value.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw value.bad("is neither true nor false", "Write one of them.");
        };
    }

    private static List<String> without(String text, FrontMatter frontMatter) throws TaskRejected {
        List<String> lines = text.lines().toList();
        List<String> kept = new ArrayList<>(lines.subList(1, frontMatter.bodyLine() - 2));
        List<Integer> own = new ArrayList<>();
        for (Field field : frontMatter.fields().values()) {
            if (OWN.contains(field.key())) {
                own.add(lineOf(field, lines));
            }
        }
        own.stream().sorted(Comparator.reverseOrder()).forEach(line -> kept.remove(line - 2));
        return kept;
    }

    /** The number of the line that has this key with its value and nothing else. */
    private static int lineOf(Field field, List<String> lines) throws TaskRejected {
        String line = lines.get(field.keyLine() - 1);
        int end = Yaml.lastLine(field.node());
        if (end != field.keyLine() || !line.startsWith(field.key())) {
            throw new TaskRejected(
                    field.key() + ": has no line of its own",
                    field.keyLine(),
                    "Write '" + field.key() + ": ...' in one line, and nothing else in it.");
        }
        return end;
    }
}
