package dev.orchestrator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tasks/rejected/}: files that were not understood, each with the reason beside it. A file that is corrected there is
 * looked at again. For one thread.
 */
final class RejectedFiles {
    private final Home home;
    private final Redaction redaction;
    /** How each file looked when it was rejected, or when it was found to be as it was then. */
    private final Map<Path, FileLook> known = new HashMap<>();

    RejectedFiles(Home home, Redaction redaction) {
        this.home = home;
        this.redaction = redaction;
    }

    /** {@code NAME.reason.json}. */
    record Reason(
            String schemaVersion,
            String file,
            String sha256,
            long bytes,
            @Nullable Instant modified,
            String reason,
            @Nullable Integer line,
            String remedy,
            Instant rejectedAt) {
        static final String SCHEMA_VERSION = "1.0";
    }

    /**
     * Moves {@code file} here and writes down why. An earlier file of its name with other content stays, since it may be
     * the only copy; the later one gets a number. Answers where it is.
     */
    Path add(Path file, String sha256, Rejection rejection, Instant now) throws IOException {
        Path target = file.startsWith(home.rejected()) ? file : placeFor(file, sha256);
        Optional<FileLook> look = FileLook.at(file);
        Reason reason = new Reason(
                Reason.SCHEMA_VERSION,
                String.valueOf(target.getFileName()),
                sha256,
                look.map(FileLook::bytes).orElse(0L),
                look.map(FileLook::modified).orElse(null),
                rejection.reason(),
                rejection.line(),
                rejection.remedy(),
                now);
        // The reason first: a file without one would be taken for a corrected one after a crash.
        AtomicFile.writeShared(home.reasonOf(target), Json.document(redaction.of(reason)));
        if (!file.equals(target)) {
            move(file, target);
        }
        FileLook.at(target).ifPresent(seen -> known.put(target, seen));
        return target;
    }

    private Path placeFor(Path file, String sha256) {
        Path wanted = home.rejected().resolve(String.valueOf(file.getFileName()));
        int number = 1;
        while (holdsOther(FreeName.numbered(wanted, number), sha256)) {
            number++;
        }
        return FreeName.numbered(wanted, number);
    }

    private static boolean holdsOther(Path place, String sha256) {
        return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                && !Sha256.ofFile(place).equals(Optional.of(sha256));
    }

    /** A file that cannot be moved must not leave a reason behind at each try. */
    private void move(Path file, Path target) throws IOException {
        try {
            Moves.replace(file, target);
        } catch (IOException e) {
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Moves.delete(home.reasonOf(target));
            }
            throw e;
        }
    }

    /** True when {@code file} is not as it was when it was rejected. */
    boolean isCorrected(Path file) {
        Optional<FileLook> now = FileLook.at(file);
        FileLook before = known.get(file);
        if (now.isEmpty() || now.get().equals(before)) {
            return false;
        }
        // Saved before our eyes, it is looked at again, whatever is in it: what was in its way may be gone.
        if (before == null && wasLikeThis(file, now.get())) {
            known.put(file, now.get());
            return false;
        }
        return true;
    }

    private boolean wasLikeThis(Path file, FileLook now) {
        try {
            JsonNode reason = Json.full().readTree(Files.readAllBytes(home.reasonOf(file)));
            return looksTheSame(reason, now) || isTheSame(reason, file, now);
        } catch (IOException | DateTimeParseException e) {
            return false;
        }
    }

    /** Spares a start the reading of every file that was ever rejected. Reasons have milliseconds. */
    private static boolean looksTheSame(JsonNode reason, FileLook now) {
        return reason.path("modified").isTextual()
                && reason.path("bytes").asLong(-1) == now.bytes()
                && Instant.parse(reason.path("modified").asText()).equals(toMillis(now.modified()));
    }

    private static boolean isTheSame(JsonNode reason, Path file, FileLook now) {
        String sha256 = reason.path("sha256").asText();
        // A file that was too large was never read, so it has no hash; then its age must do.
        return sha256.isEmpty()
                ? !now.modified()
                        .isAfter(Instant.parse(reason.path("rejected_at").asText()))
                : Optional.of(sha256).equals(Sha256.ofFile(file));
    }

    private static Instant toMillis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    /** Forgets files that are not here any more. {@code here} are all that are. */
    void keepOnly(Set<Path> here) {
        known.keySet().retainAll(here);
    }

    /** Removes the reason of a file that is not here any more. */
    void forget(Path file) throws IOException {
        known.remove(file);
        Moves.delete(home.reasonOf(file));
    }
}
