package dev.orchestrator.telegram;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.methods.GetFile;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.DeleteWebhook;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageReplyMarkup;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * The few methods of the Bot API that are used, over the library. Nothing is tried twice here. What fails is an {@link Outcome}, and
 * no message of it has the token. Thread-safe.
 *
 * <p>Facts: <a href="https://core.telegram.org/bots/api">core.telegram.org/bots/api</a>.
 */
final class Gateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CLOSED = "it is not asked any more";

    private final OkHttpClient http;
    private final OkHttpClient polling;
    private final OkHttpTelegramClient client;
    private final UpdateFeed feed;
    private final String token;
    private final HttpUrl base;
    private volatile boolean closed;

    /**
     * @param base where the Bot API is, such as {@code https://api.telegram.org}
     * @param longest how long one look for updates may take
     */
    Gateway(String token, HttpUrl base, Duration longest) {
        this(token, base, PATIENCE, longest);
    }

    /** @param patience how long anything else may take */
    Gateway(String token, HttpUrl base, Duration patience, Duration longest) {
        this.token = token;
        this.base = base;
        this.http = new OkHttpClient.Builder()
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(patience)
                .build();
        this.polling = http.newBuilder()
                .callTimeout(longest.plus(patience))
                .readTimeout(longest.plus(patience))
                .build();
        TelegramUrl url = TelegramUrl.builder()
                .schema(base.scheme())
                .host(base.host())
                .port(base.port())
                .build();
        ObjectMapper mapper = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        this.client = new OkHttpTelegramClient(mapper, http, token, url);
        this.feed = new UpdateFeed(polling, base, token);
    }

    /** The bot's own name, without {@code @}. */
    Outcome<String> me() {
        return tried(() -> String.valueOf(client.execute(new GetMe()).getUserName()));
    }

    /** So that updates can be asked for. */
    Outcome<Boolean> withoutWebhook() {
        return tried(() -> client.execute(new DeleteWebhook()));
    }

    /** As {@link UpdateFeed#next}. */
    Outcome<Optional<UpdateFeed.Given>> update(long offset, Duration wait) {
        try {
            return feed.next(offset, wait);
        } catch (IOException e) {
            return new Outcome.Unreachable<>(plain(e));
        }
    }

    /** @param html whether {@code text} has tags in it */
    Outcome<Integer> send(long chat, String text, boolean html, @Nullable InlineKeyboardMarkup buttons) {
        SendMessage message = SendMessage.builder()
                .chatId(chat)
                .text(text)
                .parseMode(html ? "HTML" : null)
                .disableWebPagePreview(true)
                .replyMarkup(buttons)
                .build();
        return tried(() -> client.execute(message).getMessageId());
    }

    Outcome<Integer> document(long chat, String name, String content, String caption) {
        InputStream bytes = new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        SendDocument document = SendDocument.builder()
                .chatId(chat)
                .document(new InputFile(bytes, name))
                .caption(caption)
                .build();
        return tried(() -> client.execute(document).getMessageId());
    }

    /** Lets a button that was tapped be at rest. */
    Outcome<Boolean> answer(String callback, String text) {
        return tried(() -> client.execute(AnswerCallbackQuery.builder()
                .callbackQueryId(callback)
                .text(text)
                .build()));
    }

    /** Takes the buttons of a message away. */
    Outcome<Boolean> withoutButtons(long chat, int message) {
        return tried(() -> {
            client.execute(EditMessageReplyMarkup.builder()
                    .chatId(chat)
                    .messageId(message)
                    .build());
            return true;
        });
    }

    /** The content of a file that somebody sent; of a larger one than {@code most} bytes nothing is kept. */
    Outcome<byte[]> file(String id, int most) {
        Outcome<String> path =
                tried(() -> String.valueOf(client.execute(new GetFile(id)).getFilePath()));
        return path instanceof Outcome.Done<String> done ? fetched(done.value(), most) : path.failed();
    }

    /** The library fetches from Telegram's own servers, wherever the Bot API is. */
    private Outcome<byte[]> fetched(String path, int most) {
        if (closed) {
            return new Outcome.Unreachable<>(CLOSED);
        }
        HttpUrl url = base.newBuilder()
                .addPathSegment("file")
                .addPathSegment("bot" + token)
                .addPathSegments(path)
                .build();
        try (Response response =
                http.newCall(new Request.Builder().url(url).build()).execute()) {
            if (!response.isSuccessful()) {
                return Outcome.refused(response.code(), "it gives no file, but " + response.code(), null);
            }
            byte[] bytes = response.body().byteStream().readNBytes(most + 1);
            return bytes.length > most
                    ? new Outcome.Refused<>(413, "the file is larger than " + most + " bytes")
                    : new Outcome.Done<>(bytes);
        } catch (IOException e) {
            return new Outcome.Unreachable<>(plain(e));
        }
    }

    private <T> Outcome<T> tried(Callable<T> call) {
        if (closed) {
            return new Outcome.Unreachable<>(CLOSED);
        }
        try {
            return new Outcome.Done<>(call.call());
        } catch (TelegramApiRequestException e) {
            return refused(e);
        } catch (TelegramApiException | IOException e) {
            return new Outcome.Unreachable<>(plain(e));
        } catch (Exception e) {
            return new Outcome.Unreachable<>("what it answered is not understood: " + plain(e));
        }
    }

    private <T> Outcome<T> refused(TelegramApiRequestException e) {
        Integer code = e.getErrorCode();
        if (code == null) {
            return new Outcome.Unreachable<>(plain(e));
        }
        Integer wait = e.getParameters() == null ? null : e.getParameters().getRetryAfter();
        return Outcome.refused(code, String.valueOf(e.getApiResponse()), wait);
    }

    /** The address of every call has the token in it, and some messages have the address. */
    private String plain(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return (cause.getClass().getSimpleName() + ": " + cause.getMessage()).replace(token, "[redacted]");
    }

    /** Whoever waits for updates stops waiting. */
    @Override
    public void close() {
        closed = true;
        for (OkHttpClient each : List.of(polling, http)) {
            each.dispatcher().cancelAll();
            each.dispatcher().executorService().shutdown();
            each.connectionPool().evictAll();
        }
    }
}
