package dev.orchestrator.agent.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

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

    static RunRecord read(RunFiles files) throws IOException {
        try {
            JsonNode record = Json.full().readTree(Files.readAllBytes(files.settings()));
            boolean json = record.path("output").asText().equals(AnswerForm.JSON.toString());
            return new RunRecord(json ? AnswerForm.JSON : AnswerForm.TEXT);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return new RunRecord(AnswerForm.TEXT);
        }
    }
}
