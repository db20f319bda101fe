package dev.orchestrator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code tasks/rejected/}: files that were not understood, each with the reason beside it. A file that is corrected there is
 * looked at again. For one thread.
 */
final class RejectedFiles {
    private final Home home;
    /** How each file looked when it was rejected, or when it was found to be as it was then. */
    private final Map<Path, FileLook> known = new HashMap<>();

    RejectedFiles(Home home) {
        this.home = home;
    }

    /** {@code NAME.reason.json}. */
    record Reason(
            String schemaVersion,
            String file,
            String sha256,
            String reason,
            @Nullable Integer line,
            String remedy,
            Instant rejectedAt) {
        static final String SCHEMA_VERSION = "1.0";
    }

    /** Moves {@code file} here, replacing an earlier file of its name, and writes down why. Answers where it is. */
    Path add(Path file, String sha256, Rejection rejection, Instant now) throws IOException {
        Path target = home.rejected().resolve(file.getFileName().toString());
        Reason reason = new Reason(
                Reason.SCHEMA_VERSION,
                file.getFileName().toString(),
                sha256,
                rejection.reason(),
                rejection.line(),
                rejection.remedy(),
                now);
        // The reason first: a file without one would be taken for a corrected one after a crash.
        AtomicFile.write(home.reasonOf(target), Json.document(reason));
        if (!file.equals(target)) {
            Moves.replace(file, target);
        }
        FileLook.at(target).ifPresent(look -> known.put(target, look));
        return target;
    }

    /** True when {@code file} is not as it was when it was rejected. */
    boolean isCorrected(Path file) {
        Optional<FileLook> now = FileLook.at(file);
        if (now.isEmpty() || now.get().equals(known.get(file))) {
            return false;
        }
        if (wasLikeThis(file, now.get())) {
            known.put(file, now.get());
            return false;
        }
        return true;
    }

    private boolean wasLikeThis(Path file, FileLook now) {
        try {
            JsonNode reason = Json.full().readTree(Files.readAllBytes(home.reasonOf(file)));
            String sha256 = reason.path("sha256").asText();
            // A file that was too large was never read, so it has no hash; then its age must do.
            return sha256.isEmpty()
                    ? !now.modified()
                            .isAfter(Instant.parse(reason.path("rejected_at").asText()))
                    : Optional.of(sha256).equals(Sha256.ofFile(file));
        } catch (IOException | DateTimeParseException e) {
            return false;
        }
    }

    /** Removes the reason of a file that is not here any more. */
    void forget(Path file) throws IOException {
        known.remove(file);
        Moves.delete(home.reasonOf(file));
    }
}
