package dev.orchestrator.agent.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.json.Json;
import dev.orchestrator.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run was started with, for whoever reads what it left: the settings may have changed since.
 *
 * <pre>
 * {"output" : "json"}
 * </pre>
 */
record RunRecord(AnswerForm output) {

    byte[] bytes() {
        return Json.document(this);
    }

    /** Empty when it is lost: a text is any answer, also an object that says that all went wrong. */
    static Optional<RunRecord> read(RunFiles files) throws IOException {
        try {
            String output = Json.full()
                    .readTree(Files.readAllBytes(files.settings()))
                    .path("output")
                    .asText();
            return Stream.of(AnswerForm.values())
                    .filter(form -> form.toString().equals(output))
                    .findFirst()
                    .map(RunRecord::new);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
