package dev.orchestrator.mediator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.jspecify.annotations.Nullable;

/**
 * The file format of a template: YAML front matter, then what the agent is told. Sample:
 *
 * <pre>
 * ---
 * description: Find the cause of a fault and mend it
 * read_only: false
 * expects_change: true
 * ---
 * Find the cause before you change anything. ...
 * </pre>
 */
final class TemplateFormat {
    private static final String FENCE = "---\n";
    private static final ObjectReader READER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Head.class);

    private TemplateFormat() {}

    private record Head(
            @Nullable String description,
            @Nullable Boolean readOnly,
            @Nullable Boolean expectsChange) {}

    static Templates.Search parse(String name, String content, String origin) {
        String text = content.replace("\uFEFF", "").replace("\r\n", "\n");
        int end = text.indexOf("\n" + FENCE, FENCE.length() - 1);
        if (!text.startsWith(FENCE) || end < 0) {
            return invalid(origin, "it must begin with front matter between two lines of ---");
        }
        try {
            Head head = READER.readValue(text.substring(FENCE.length(), end + 1));
            String guidance = text.substring(end + 1 + FENCE.length()).strip();
            if (head == null || head.readOnly == null || guidance.isEmpty()) {
                return invalid(origin, "it needs `read_only: true` or `false`, and some text");
            }
            return new Templates.Search.Found(new Template(
                    name,
                    head.description == null ? "" : head.description,
                    head.readOnly,
                    Boolean.TRUE.equals(head.expectsChange),
                    guidance,
                    origin));
        } catch (JsonProcessingException e) {
            return invalid(origin, e.getOriginalMessage());
        }
    }

    private static Templates.Search invalid(String origin, String problem) {
        return new Templates.Search.Invalid("template " + origin + " is not valid: " + problem);
    }
}
