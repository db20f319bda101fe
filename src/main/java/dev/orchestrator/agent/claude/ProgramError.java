package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The program's own words for a request that failed: typed fields, for which its text needs no guessing. They stand on a line
 * that it writes in the place of the model's answer, and some of them on the result line. Sample (cut):
 *
 * <pre>
 * {"type":"assistant","message":{"model":"&lt;synthetic&gt;","content":[{"type":"text","text":"Credit balance is too low"}]},
 *  "error":"billing_error","is_api_error_message":true,"api_error_status":400,"api_error_type":"invalid_request_error",
 *  "timestamp":"2026-11-22T22:41:16.141Z"}
 * {... "error":"rate_limit","api_error":"usage_limit_reached","api_error_params":{"rate_limit_info":{...}}}
 * </pre>
 *
 * @param error its class, such as {@code billing_error}; empty when it was not said, like the other names
 * @param kind the cause, such as {@code usage_limit_reached}; only newer versions say it
 * @param type what the API called it, such as {@code invalid_request_error}
 * @param status of the API's answer; 0 when there was none
 * @param params what belongs to the kind; missing when there is nothing
 * @param text what it says to a person
 * @param at when it was said; null when that was not said
 */
record ProgramError(
        String error,
        String kind,
        String type,
        int status,
        JsonNode params,
        String text,
        @Nullable Instant at) {

    /** Says nothing. */
    static final ProgramError NONE = new ProgramError("", "", "", 0, MissingNode.getInstance(), "", null);

    /** @param line of the stream, of the type {@code assistant} or {@code result} */
    static ProgramError of(JsonNode line, String text) {
        return new ProgramError(
                line.path("error").asText(""),
                line.path("api_error").asText(""),
                line.path("api_error_type").asText(""),
                line.path("api_error_status").asInt(),
                line.path("api_error_params"),
                text,
                instant(line.path("timestamp").asText("")));
    }

    ProgramError saying(String words) {
        return new ProgramError(error, kind, type, status, params, words, at);
    }

    /** Fills in from {@code other} what this one does not say. */
    ProgramError or(ProgramError other) {
        return new ProgramError(
                error.isEmpty() ? other.error : error,
                kind.isEmpty() ? other.kind : kind,
                type.isEmpty() ? other.type : type,
                status == 0 ? other.status : status,
                params.isObject() ? params : other.params,
                text.isBlank() ? other.text : text,
                at == null ? other.at : at);
    }

    /** True when it is told apart from what the program says in the model's place for other reasons. */
    boolean isNamed() {
        return !error.isEmpty() || !kind.isEmpty() || !type.isEmpty() || status != 0;
    }

    boolean isAnswerCutShort() {
        return kind.equals("max_output_tokens") || error.equals("max_output_tokens");
    }

    /** The plan's usage window that is used up, or missing. */
    JsonNode limit() {
        return params.path("rate_limit_info");
    }

    /** True for a request that was refused for being one too many, be it for the caller's pace or the plan's limit. */
    boolean isOneTooMany() {
        return status == 429 || error.equals("rate_limit") || type.equals("rate_limit_error");
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
