package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.process.RunFiles;
import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpentRecordsTest {
    private static final String TOKEN = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    @TempDir
    Path directory;

    /** Servers have their keys in them, and hooks may. */
    @Test
    void nothing_that_a_run_was_given_or_has_printed_keeps_its_secrets() throws IOException {
        RunFiles attempt = new RunFiles(directory, 1, 1);
        List<Path> records =
                List.of(attempt.stream(), attempt.stderr(), attempt.prompt(), attempt.settings(), attempt.servers());
        for (Path record : records) {
            Files.writeString(record, "{\"env\":{\"TOKEN\":\"" + TOKEN + "\"}}\n");
        }

        new SpentRecords(Redactor.SHAPES_ONLY).hideSecrets(attempt);

        assertThat(records).allSatisfy(record -> assertThat(record).hasContent("{\"env\":{\"TOKEN\":\"[redacted]\"}}"));
    }
}
