package dev.orchestrator.intake.file;

import dev.orchestrator.files.SafeName;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Texts of the front matter to what they mean; each refusal says what would have been accepted. */
final class Values {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final BigDecimal DEAREST = BigDecimal.valueOf(10_000);
    private static final int MAX_PATH = 1024;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Pattern DOLLARS = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");
    /** Not a dash in front: the name becomes an argument of a command. */
    private static final Pattern MODEL = Pattern.compile("(?!-)[A-Za-z0-9._:/\\[\\]-]{1,100}");

    private static final Pattern ROOTED = Pattern.compile("(^|.*[{,])([/~]|[A-Za-z]:).*");
    private static final Pattern UPWARD = Pattern.compile("(^|.*[/{,])\\.\\.($|[/},].*)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);
    private static final Set<String> YES = Set.of("true", "yes", "on");
    private static final Set<String> NO = Set.of("false", "no", "off");

    private Values() {}

    static TaskId id(Value value) throws TaskRejected {
        Optional<String> problem = TaskId.problem(value.text());
        if (problem.isPresent()) {
            String slug = SafeName.slug(value.text(), 40);
            String example = TaskId.problem(slug).isEmpty() ? slug : "fix-login";
            throw value.bad(problem.get(), "Use an id such as '" + example + "'.");
        }
        return TaskId.parse(value.text());
    }

    static Priority priority(Value value) throws TaskRejected {
        for (Priority priority : Priority.values()) {
            if (priority.toString().equals(value.text().toLowerCase(Locale.ROOT))) {
                return priority;
            }
        }
        throw value.bad("is not a priority", "Write high, medium or low.");
    }

    /** A path as the user wrote it; where it leads is decided by whoever knows the roots. */
    static String directory(Value value) throws TaskRejected {
        if (value.text().length() > MAX_PATH) {
            throw value.bad("is longer than " + MAX_PATH + " characters", "Use a shorter path.");
        }
        return value.text();
    }

    static Duration duration(Value value) throws TaskRejected {
        String text = value.text().toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(text).matches()) {
            throw value.bad("has no unit", "Add one: '" + text + "s', '" + text + "m' or '" + text + "h'.");
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw value.bad("is not a duration", "Write a whole number and a unit: 90s, 45m, 2h or 1d.");
        }
        return inRange(value, Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2))));
    }

    /** The predecessor's timeouts: a bare number of seconds. */
    static Duration seconds(Value value) throws TaskRejected {
        if (!NUMBER.matcher(value.text()).matches()) {
            throw value.bad("is not a whole number of seconds", "Write 'timeout: 45m' instead.");
        }
        return inRange(value, Duration.ofSeconds(Long.parseLong(value.text())));
    }

    static int whole(Value value, int min, int max) throws TaskRejected {
        if (NUMBER.matcher(value.text()).matches()) {
            int number = Integer.parseInt(value.text());
            if (number >= min && number <= max) {
                return number;
            }
        }
        String range = "a whole number from " + min + " to " + max;
        throw value.bad("is not " + range, "Write " + range + ".");
    }

    static BigDecimal dollars(Value value) throws TaskRejected {
        if (DOLLARS.matcher(value.text()).matches()) {
            BigDecimal amount = new BigDecimal(value.text());
            if (amount.signum() > 0 && amount.compareTo(DEAREST) <= 0) {
                return amount;
            }
        }
        throw value.bad("is not an amount above 0 and at most " + DEAREST, "Write a decimal number such as 2.50.");
    }

    static String model(Value value) throws TaskRejected {
        if (!MODEL.matcher(value.text()).matches()) {
            throw value.bad(
                    "is not the name of a model", "Use at most 100 letters, digits and . _ : / [ ] - as in 'sonnet'.");
        }
        return value.text();
    }

    static String glob(Value value) throws TaskRejected {
        String glob = value.text();
        if (glob.indexOf('\\') >= 0) {
            throw value.bad("holds a backslash", "Separate directories with '/'.");
        }
        if (ROOTED.matcher(glob).matches()) {
            throw value.bad("is not relative", "Name the file relative to the working directory.");
        }
        if (UPWARD.matcher(glob).matches()) {
            throw value.bad("leads out of the working directory", "Remove the '..'.");
        }
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw value.bad("is not a glob: " + e.getDescription(), "Close every '[' and '{'.");
        }
        return glob;
    }

    static boolean yes(Value value) throws TaskRejected {
        String text = value.text().toLowerCase(Locale.ROOT);
        if (!YES.contains(text) && !NO.contains(text)) {
            throw value.bad("is neither true nor false", "Write true or false.");
        }
        return YES.contains(text);
    }

    private static ChronoUnit unit(String letter) {
        return UNITS.getOrDefault(letter, ChronoUnit.SECONDS);
    }

    private static Duration inRange(Value value, Duration duration) throws TaskRejected {
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw value.bad("is not between 1 second and 7 days", "Write a duration from 1s to 7d.");
        }
        return duration;
    }
}
