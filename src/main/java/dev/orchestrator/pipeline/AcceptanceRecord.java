package dev.orchestrator.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.artifact.AcceptanceRun;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code turn-N.attempt-M.acceptance.json}: how the acceptance commands ended that were run behind one attempt. Sample:
 *
 * <pre>
 * {"runs": [{"command": "mvn -q test", "exit_code": 1, "duration_ms": 900, "round": 1, "outcome": "red", "output": "..."}]}
 * </pre>
 */
record AcceptanceRecord(List<AcceptanceRun> runs) {
    private static final AcceptanceRecord NONE = new AcceptanceRecord(List.of());

    AcceptanceRecord {
        runs = List.copyOf(runs);
    }

    void write(Path file, Redaction redaction) throws IOException {
        AtomicFile.write(file, Json.document(redaction.of(this)));
    }

    /** Empty when there is no such file, or when it is damaged. */
    static AcceptanceRecord read(Path file) throws IOException {
        try {
            return Json.full().readValue(Files.readAllBytes(file), AcceptanceRecord.class);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return NONE;
        }
    }
}
