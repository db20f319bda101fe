package dev.orchestrator.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.OutputSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object that an agent gave, as the artifact has it: as maps, lists and texts, so that secrets in it are found. */
final class Output {
    private Output() {}

    /** The check has said so when it is too long. */
    static @Nullable Map<String, @Nullable Object> of(@Nullable Work work) {
        JsonNode output = work == null ? null : work.report().output();
        if (output == null || output.toString().length() > OutputSchema.LONGEST_OUTPUT) {
            return null;
        }
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        output.properties()
                .forEach(entry -> given.put(entry.getKey(), Json.full().convertValue(entry.getValue(), Object.class)));
        return given;
    }
}
