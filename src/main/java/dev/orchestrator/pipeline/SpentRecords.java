package dev.orchestrator.pipeline;

import dev.orchestrator.process.RunFiles;
import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hides secrets in what a run has left: what the agent was told, which hooks and servers it was given, what its process
 * printed. That is written past us or read until the turn is over, so it is done then, once. Thread-safe.
 */
final class SpentRecords {
    private static final Logger log = LoggerFactory.getLogger(SpentRecords.class);

    private final Redactor redactor;

    SpentRecords(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Of an attempt that nobody has to read any more. A file that cannot be written anew stays, and holds up no task. */
    void hideSecrets(RunFiles attempt) {
        List<Path> files = new ArrayList<>(
                List.of(attempt.stream(), attempt.stderr(), attempt.prompt(), attempt.settings(), attempt.servers()));
        for (int command = 1; Files.exists(attempt.acceptanceOutput(command)); command++) {
            files.add(attempt.acceptanceOutput(command));
            files.add(attempt.acceptanceErrors(command));
        }
        for (Path file : files) {
            try {
                RecordFile.redact(file, redactor);
            } catch (IOException e) {
                log.warn("{} may hold secrets, since it cannot be written anew: {}", file, e.toString());
            }
        }
    }
}
