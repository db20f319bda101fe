package dev.orchestrator.notice;

import dev.orchestrator.config.Secret;
import dev.orchestrator.json.Json;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Posts letters as JSON. {@code Orchestrator-Delivery} is the letter's id, by which whoever gets it twice knows; {@code
 * Orchestrator-Signature} is {@code sha256=} and the HMAC of the body in hexadecimal digits, when there is a secret. What is
 * answered with 2xx was taken. Redirects are not followed: the letter is for the address that was named.
 */
public final class WebhookChannel implements Channel {
    public static final String NAME = "webhook";

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST_WISH = Duration.ofHours(1);
    private static final int TOO_MANY = 429;
    private static final int TIMED_OUT = 408;

    private final HttpUrl url;
    private final TimeSource time;
    private final Optional<Secret> secret;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .followRedirects(false)
            // When to try again is the postman's to say.
            .retryOnConnectionFailure(false)
            // Between two notices the other side lets go of a connection, and may say so only when it is used again.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .callTimeout(PATIENCE)
            .build();

    /** @param secret signs what is posted; empty for no signature */
    public WebhookChannel(HttpUrl url, Optional<Secret> secret, TimeSource time) {
        this.time = time;
        this.url = url;
        this.secret = secret;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Delivery deliver(Letter letter) throws InterruptedException {
        byte[] body = Json.text(Json.full().writer(), letter).getBytes(StandardCharsets.UTF_8);
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("Orchestrator-Delivery", letter.id())
                .header("Orchestrator-Kind", letter.kind().toString())
                .post(RequestBody.create(body, JSON));
        secret.ifPresent(key -> request.header("Orchestrator-Signature", "sha256=" + signature(key, body)));
        try (Response response = client.newCall(request.build()).execute()) {
            return answer(response.code(), response.header("Retry-After"));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Delivery.Later("nobody took it at " + url.host() + " (" + e.getMessage() + ")", null);
        }
    }

    /** What is wrong with the letter will be tomorrow; what is wrong with the server may pass. */
    private Delivery answer(int code, @Nullable String retryAfter) {
        if (code >= 200 && code < 300) {
            return new Delivery.Delivered();
        }
        String why = url.host() + " answered " + code;
        boolean passing = code == TOO_MANY || code == TIMED_OUT || code >= 500 || code < 400;
        return passing ? new Delivery.Later(why, wish(retryAfter)) : new Delivery.Refused(why);
    }

    private @Nullable Duration wish(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        Duration wish =
                retryAfter.matches("\\d{1,18}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : until(retryAfter);
        return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    }

    /** What is no date either says nothing. */
    private Duration until(String date) {
        try {
            Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            Duration left = Duration.between(time.now(), then);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    static String signature(Secret key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
