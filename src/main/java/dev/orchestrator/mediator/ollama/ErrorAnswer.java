package dev.orchestrator.mediator.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.mediator.ollama.OllamaFailure.Kind;
import dev.orchestrator.secret.Cut;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What a refusal means. Ollama says why as {@code {"error":"..."}}; others in front of it say what they like. */
final class ErrorAnswer {
    private static final int LONGEST_REASON = 300;

    private ErrorAnswer() {}

    static OllamaFailure of(OllamaAddress address, Response response, String body) {
        int status = response.code();
        @Nullable String reason = reason(body);
        String said = reason == null ? "" : ": " + reason;
        Kind kind = kind(status, reason);
        String message = switch (kind) {
            case NOT_OLLAMA -> address + " is not Ollama: it answers with HTTP " + status;
            case MODEL_MISSING -> "Ollama has no such model" + said;
            default -> "Ollama answers with HTTP " + status + said;
        };
        return new OllamaFailure(kind, message);
    }

    private static Kind kind(int status, @Nullable String reason) {
        return switch (status) {
            case 401, 403 -> Kind.REFUSED;
            case 404 -> reason == null ? Kind.NOT_OLLAMA : Kind.MODEL_MISSING;
            case 405 -> Kind.NOT_OLLAMA;
            case 408, 429, 502, 503, 504 -> Kind.BUSY;
            default -> status < 400 ? Kind.NOT_OLLAMA : status < 500 && status != 499 ? Kind.BAD_REQUEST : Kind.BROKEN;
        };
    }

    /** Null when it does not speak as Ollama does. */
    static @Nullable String reason(String body) {
        try {
            JsonNode error = Wire.read(body).path("error");
            return error.isTextual() ? shortened(error.textValue()) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON ? line : Cut.beginning(line, LONGEST_REASON) + "...";
    }
}
