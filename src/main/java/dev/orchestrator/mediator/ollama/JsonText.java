package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * Finds the object in what a model said: models put fences around it, or words, whatever form they were asked for. Sample:
 *
 * <pre>
 * Here you are:
 * ```json
 * {"type": "bug_fix"}
 * ```
 * </pre>
 */
final class JsonText {
    private static final int DEEPEST = 32;
    private static final int LONGEST_STRING = 64 * 1024;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .reader();

    private JsonText() {}

    /** The first object in {@code text}; empty when there is none, or it is not whole, or says the same thing twice. */
    static Optional<JsonNode> object(String text) {
        int start = text.indexOf('{');
        int end = start < 0 ? -1 : end(text, start);
        if (end < 0) {
            return Optional.empty();
        }
        try {
            JsonNode node = READER.readTree(text.substring(start, end));
            return Optional.of(node).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Behind the brace that closes the one at {@code start}; negative when none does. */
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted) {
                if (c == '\\') {
                    at++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }
}
