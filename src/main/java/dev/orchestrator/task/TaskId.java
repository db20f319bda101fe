package dev.orchestrator.task;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a task, safe as the stem of a file name on every platform.
 *
 * <p>Lower case letters, digits, {@code . _ -}, at most 80 characters, starting with a letter or digit. Upper case is
 * folded, because two ids that differ in case are one file on Windows and macOS. Refused as well: the device names of
 * Windows, a trailing dot, and the few stems under {@code results/} and {@code summaries/} that are not tasks.
 *
 * @param value the checked id
 */
public record TaskId(String value) implements Comparable<TaskId> {
    private static final int MAX_LENGTH = 80;
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|com\\d|lpt\\d)(\\..*)?");
    /** {@code results/ID.turn-2.json} is an older turn of ID, so no task may be called that. */
    private static final Pattern TURN = Pattern.compile(".*\\.turn-\\d+");
    /** {@code results/index.json}, {@code summaries/README.md}. */
    private static final Set<String> TAKEN = Set.of("index", "readme");

    public TaskId {
        Optional<String> problem = problem(value);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("task id " + problem.get());
        }
    }

    /**
     * Reads an id that came from outside, folding upper case.
     *
     * @throws IllegalArgumentException with {@link #problem} as its message
     */
    public static TaskId parse(String text) {
        return new TaskId(text.toLowerCase(Locale.ROOT));
    }

    /** What is wrong with {@code text} as an id, in words that follow "task id"; empty when nothing is. */
    public static Optional<String> problem(String text) {
        String id = text.toLowerCase(Locale.ROOT);
        if (id.isEmpty()) {
            return Optional.of("is empty");
        }
        if (id.length() > MAX_LENGTH) {
            return Optional.of("is " + id.length() + " characters long; at most " + MAX_LENGTH + " are allowed");
        }
        if (!SHAPE.matcher(id).matches()) {
            return Optional.of(
                    "may hold only letters, digits, '.', '_' and '-', and must start with a letter or digit");
        }
        if (id.endsWith(".")) {
            return Optional.of("must not end with a dot");
        }
        if (DEVICE.matcher(id).matches()) {
            return Optional.of("is a reserved device name on Windows");
        }
        if (TURN.matcher(id).matches() || TAKEN.contains(id)) {
            return Optional.of("is reserved for the orchestrator's own files");
        }
        return Optional.empty();
    }

    /**
     * This id with {@code -number} appended, shortened in front so that it stays within the length limit.
     *
     * @param number 2 or more
     */
    public TaskId numbered(int number) {
        String suffix = "-" + number;
        int keep = Math.min(value.length(), MAX_LENGTH - suffix.length());
        String kept = value.substring(0, keep);
        // As ID.turn-2 it would be refused.
        String stem = kept.endsWith(".turn") ? kept.substring(0, keep - ".turn".length()) + "-turn" : kept;
        return new TaskId(stem + suffix);
    }

    // Written out, like hashCode: what the compiler makes for a record takes long to set up in a short command.
    @Override
    public boolean equals(Object other) {
        return other instanceof TaskId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
