package dev.orchestrator.agent.command;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.orchestrator.json.Json;
import dev.orchestrator.secret.Cut;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a program printed, understood. Pure. Sample:
 *
 * <pre>
 * {"result": "The login is fixed.", "is_error": false, "session_id": "0199", "cost_usd": 0.12, "usage": {"output_tokens": 812}}
 * {"is_error": true, "error": "the model is overloaded"}
 * </pre>
 *
 * @param text its answer; of an object that is none of ours all that it printed
 * @param problem why that is no answer; null when it is one, good or bad
 * @param error what went wrong by its own word; null when it says that all went well
 * @param session under which it can be continued; null when it said nothing, like the cost
 */
record Answer(
        String text,
        @Nullable String problem,
        @Nullable String error,
        @Nullable String session,
        @Nullable BigDecimal cost,
        Map<String, Long> usage) {
    private static final ObjectReader ONE =
            Json.full().readerFor(JsonNode.class).with(FAIL_ON_TRAILING_TOKENS, FAIL_ON_READING_DUP_TREE_KEY);
    /** What is longer is no answer any more, and has to go into artifacts and prompts. */
    private static final int LONGEST = 100_000;

    private static final int MOST_KINDS = 50;
    /** Both are in the journal, and in whatever shows a task. */
    private static final int LONGEST_KIND = 60;

    private static final int LONGEST_SESSION = 200;
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);
    private static final int DIGITS = 8;
    /** Colours, what moves the cursor, and what names the window. */
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001B(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001B]{0,300}(?:\u0007|\u001B\\\\)|[@-Z\\\\-_])");
    /** What some systems begin each text with. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    Answer {
        usage = Map.copyOf(usage);
    }

    static Answer of(AnswerForm form, String printed) {
        String text = printed.startsWith(BYTE_ORDER_MARK) ? printed.substring(BYTE_ORDER_MARK.length()) : printed;
        return form == AnswerForm.JSON ? ofJson(text) : ofText(text);
    }

    /** What was printed is kept, and counts for nothing. */
    static Answer ofUnknownForm(String printed) {
        return none(
                printed, printed.isBlank() ? "it printed nothing" : "nobody knows any more what it was to answer with");
    }

    /** True when it says that all went well. */
    boolean isGood() {
        return problem == null && error == null;
    }

    /** The end of it is where the answer is; before that a program may tell what it does. */
    private static Answer ofText(String printed) {
        String text = end(
                ESCAPES.matcher(printed.replace("\r\n", "\n")).replaceAll("").strip());
        return new Answer(text, text.isBlank() ? "it printed nothing" : null, null, null, null, Map.of());
    }

    private static String end(String text) {
        return text.length() <= LONGEST ? text : "[...]\n" + Cut.wholeWords(text.substring(text.length() - LONGEST));
    }

    private static Answer ofJson(String printed) {
        JsonNode object;
        try {
            object = ONE.readTree(printed.strip());
        } catch (JsonProcessingException e) {
            return none(printed, printed.isBlank() ? "it printed nothing" : "what it printed is not one JSON object");
        }
        return object.isObject() ? ofObject(object, printed) : none(printed, "what it printed is not one JSON object");
    }

    private static Answer ofObject(JsonNode object, String printed) {
        JsonNode isError = object.path("is_error");
        if (!isError.isMissingNode() && !isError.isBoolean()) {
            return none(printed, "its `is_error` is neither true nor false");
        }
        String error = error(object);
        JsonNode result = object.path("result");
        if (error == null && (!result.isTextual() || result.asText().isBlank())) {
            return none(printed, "its JSON has no text as `result`");
        }
        String text = result.isTextual() ? result.asText() : "";
        return new Answer(
                text.length() <= LONGEST ? text : Cut.beginning(text, LONGEST),
                null,
                error,
                session(object.path("session_id")),
                cost(object.path("cost_usd")),
                usage(object.path("usage")));
    }

    /** Whoever says what went wrong did not succeed, also without saying so outright. */
    private static @Nullable String error(JsonNode object) {
        JsonNode error = object.path("error");
        String words = error.isTextual() ? error.asText() : saysNothing(error) ? "" : error.toString();
        boolean failed = object.path("is_error").asBoolean() || !words.isBlank();
        if (!failed) {
            return null;
        }
        return words.isBlank() ? object.path("result").asText("") : words;
    }

    /** There are many ways to write that there is none. */
    private static boolean saysNothing(JsonNode error) {
        return error.isMissingNode()
                || error.isNull()
                || (error.isBoolean() && !error.asBoolean())
                || (error.isContainerNode() && error.isEmpty());
    }

    private static Answer none(String printed, String problem) {
        return new Answer(end(printed.strip()), problem, null, null, null, Map.of());
    }

    private static @Nullable String session(JsonNode said) {
        String session = said.asText();
        return said.isTextual() && !session.isBlank() && session.length() <= LONGEST_SESSION ? session : null;
    }

    private static @Nullable BigDecimal cost(JsonNode said) {
        double cost = said.isNumber() ? said.doubleValue() : Double.NaN;
        boolean usable = Double.isFinite(cost) && cost >= 0 && cost < DEAREST.doubleValue();
        return usable
                ? BigDecimal.valueOf(cost)
                        .setScale(DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                : null;
    }

    private static Map<String, Long> usage(JsonNode said) {
        Map<String, Long> usage = new LinkedHashMap<>();
        said.properties().forEach(kind -> {
            JsonNode count = kind.getValue();
            if (count.isIntegralNumber()
                    && count.canConvertToLong()
                    && count.asLong() >= 0
                    && kind.getKey().length() <= LONGEST_KIND
                    && usage.size() < MOST_KINDS) {
                usage.put(kind.getKey(), count.asLong());
            }
        });
        return usage;
    }
}
