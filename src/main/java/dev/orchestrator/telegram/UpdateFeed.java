package dev.orchestrator.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * What was said, one update after the other. The library would read many at once and all or none of them; then one update with
 * something in it that is newer than the library would keep everybody from being heard. So it is asked for one, and that one may
 * be not understood. Thread-safe.
 */
final class UpdateFeed {
    private static final ObjectMapper LENIENT =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final long LARGEST = 1L << 20;

    private final OkHttpClient http;
    private final HttpUrl url;

    UpdateFeed(OkHttpClient http, HttpUrl base, String token) {
        this.http = http;
        this.url = base.newBuilder()
                .addPathSegment("bot" + token)
                .addPathSegment("getUpdates")
                .build();
    }

    /** @param update null when it is none that can be understood */
    record Given(int number, @Nullable Update update) {}

    /**
     * Waits up to {@code wait} for an update of number {@code offset} or later; those before it are not given again.
     *
     * @throws IOException when nobody answers, or what is answered is not understood
     */
    Outcome<Optional<Given>> next(long offset, Duration wait) throws IOException {
        ObjectNode wish = LENIENT.createObjectNode();
        wish.put("offset", offset).put("limit", 1).put("timeout", wait.toSeconds());
        wish.putArray("allowed_updates").add("message").add("callback_query");
        Request request = new Request.Builder()
                .url(url)
                .post(RequestBody.create(wish.toString(), JSON))
                .build();
        try (Response response = http.newCall(request).execute()) {
            String body = response.peekBody(LARGEST).string();
            return outcome(LENIENT.readTree(body));
        }
    }

    private static Outcome<Optional<Given>> outcome(JsonNode answer) throws IOException {
        if (!answer.path("ok").asBoolean(false)) {
            JsonNode rest = answer.path("parameters").path("retry_after");
            return Outcome.refused(
                    answer.path("error_code").asInt(),
                    answer.path("description").asText(),
                    rest.isInt() ? rest.asInt() : null);
        }
        JsonNode result = answer.path("result");
        if (!result.isArray()) {
            throw new IOException("it gives no updates");
        }
        return new Outcome.Done<>(result.isEmpty() ? Optional.empty() : Optional.of(given(result.get(0))));
    }

    private static Given given(JsonNode node) throws IOException {
        JsonNode number = node.path("update_id");
        if (!number.isInt()) {
            throw new IOException("it gives an update without a number");
        }
        return new Given(number.asInt(), understood(node));
    }

    private static @Nullable Update understood(JsonNode node) {
        try {
            return LENIENT.treeToValue(node, Update.class);
        } catch (JsonProcessingException | RuntimeException e) {
            return null;
        }
    }
}
