package dev.orchestrator.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.guard.manifest.FileChange.Change;
import dev.orchestrator.json.Json;
import dev.orchestrator.validation.Unread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one attempt changed, or several together. Of an attempt that another is to follow it is kept in {@code
 * turn-N.attempt-M.changes.json}, since the directory is anybody's until the next one begins. Sample:
 *
 * <pre>
 * {"files": [{"path": "src/a.py", "change": "modified", "bytes": 12, "sha256": "60fd..."}], "unread": []}
 * </pre>
 *
 * @param files sorted by path
 * @param unread where changes would not have been seen, as {@link Unread} has it
 */
record Changes(List<FileChange> files, List<String> unread) {
    /** How the directory stood before, or what was different afterwards, is lost. */
    static final Changes UNKNOWN = new Changes(List.of(), Unread.EVERYTHING.places());

    Changes {
        files = List.copyOf(files);
        unread = List.copyOf(unread);
    }

    void write(Path file) throws IOException {
        AtomicFile.write(file, Json.document(this));
    }

    /** {@link #UNKNOWN} when there is no such file, or when it is damaged. */
    static Changes read(Path file) throws IOException {
        try {
            return Json.full().readValue(Files.readAllBytes(file), Changes.class);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return UNKNOWN;
        }
    }

    /** These, then {@code later} ones. A file that came and went again has not changed. */
    Changes and(Changes later) {
        Map<String, FileChange> both = new TreeMap<>();
        files.forEach(file -> both.put(file.path(), file));
        later.files.forEach(file -> both.compute(
                file.path(),
                (path, earlier) ->
                        earlier == null ? file : change(earlier, file).orElse(null)));
        TreeSet<String> places = new TreeSet<>(unread);
        places.addAll(later.unread);
        return new Changes(new ArrayList<>(both.values()), new ArrayList<>(places));
    }

    private static Optional<FileChange> change(FileChange earlier, FileChange later) {
        boolean wasThere = earlier.change() != Change.ADDED;
        boolean isThere = later.change() != Change.DELETED;
        if (!wasThere && !isThere) {
            return Optional.empty();
        }
        Change whole = !wasThere ? Change.ADDED : isThere ? Change.MODIFIED : Change.DELETED;
        return Optional.of(new FileChange(later.path(), whole, later.bytes(), later.sha256()));
    }
}
