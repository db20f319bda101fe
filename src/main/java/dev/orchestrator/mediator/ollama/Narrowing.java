package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model says that a step is to have less than its task. Small ones do not keep to the form: {@code "True"},
 * {@code "[\"Bash(ls)\"]"}. What is not clear means less.
 */
final class Narrowing {
    private static final Set<String> NO = Set.of("", "false", "no", "0", "null");

    private Narrowing() {}

    static boolean readOnly(JsonNode said) {
        return said.isTextual()
                ? !NO.contains(said.asText().strip().toLowerCase(Locale.ROOT))
                : said.isContainerNode() || said.asBoolean(false);
    }

    /** Never one that the task has not; null for all that it has. */
    static @Nullable List<String> tools(JsonNode said, List<String> granted) {
        boolean left = said.isMissingNode() || said.isNull();
        if (left || (said.isTextual() && said.asText().isBlank())) {
            return null;
        }
        List<String> named = said.isTextual() ? named(said.asText().strip()) : named(said);
        return named.stream().filter(granted::contains).toList();
    }

    private static List<String> named(String text) {
        try {
            JsonNode list = text.startsWith("[") ? Wire.MAPPER.readTree(text) : null;
            return list == null ? List.of(text) : named(list);
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static List<String> named(JsonNode list) {
        List<String> names = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(each -> names.add(each.asText("")));
        }
        return names;
    }
}
