package dev.orchestrator.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to where a bot has done what was said to it, {@code logs/telegram.json}. Telegram is told so only by asking for what comes next, and
 * the network may be away for hours in between; whoever starts meanwhile does nothing a second time. Sample:
 *
 * <pre>
 * {"schema_version":"1.0","bot":"4242@api.telegram.org","next":523456790,"at":"2026-11-22T14:25:01.000Z"}
 * </pre>
 *
 * <p>Thread-safe, as far as there is one bot at a time.
 */
public final class Bookmark {
    /** So long Telegram keeps what is not confirmed; after a week without any it may begin at another number. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(Bookmark.class);
    private static final String SCHEMA_VERSION = "1.0";

    private final Path file;
    private final TimeSource time;

    public Bookmark(Path file, TimeSource time) {
        this.file = file;
        this.time = time;
    }

    private record Mark(String schemaVersion, String bot, long next, Instant at) {}

    /** The number of the first update that {@code bot} has not done; 0 when that is not known. */
    long of(String bot) {
        try {
            Mark mark = Records.read(Files.readAllBytes(file), Mark.class);
            boolean young = time.now().isBefore(mark.at().plus(KEPT));
            return young && mark.bot().equals(bot) ? mark.next() : 0;
        } catch (NoSuchFileException | JsonProcessingException e) {
            return 0;
        } catch (IOException e) {
            log.warn("{} cannot be read; what was said last may be done again: {}", file.getFileName(), e.toString());
            return 0;
        }
    }

    void put(String bot, long next) {
        try {
            AtomicFile.write(file, Json.document(new Mark(SCHEMA_VERSION, bot, next, time.now())));
        } catch (IOException e) {
            log.warn(
                    "{} cannot be written; what was said last may be done again after a crash: {}",
                    file.getFileName(),
                    e.toString());
        }
    }
}
