package dev.orchestrator.intake;

import dev.orchestrator.intake.file.TaskFileNames;
import dev.orchestrator.task.TaskId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Makes ids for files that name none. They sort by time, and say what the task is about:
 *
 * <pre>
 * 20261122-142501-fix-login-7k3q
 * </pre>
 */
final class TaskIds {
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_CHARACTERS = 4;

    private final RandomGenerator random;

    /** @param random tells files of one second and one name apart; need not be a secure one */
    TaskIds(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param now in the years 0 to 9999
     * @param fileName of the task file, without a directory
     */
    TaskId next(Instant now, String fileName) {
        StringBuilder id = new StringBuilder(TO_THE_SECOND.format(now))
                .append('-')
                .append(TaskFileNames.slug(fileName))
                .append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new TaskId(id.toString());
    }
}
