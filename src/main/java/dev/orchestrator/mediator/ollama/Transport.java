package dev.orchestrator.mediator.ollama;

import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.ABSENT;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.BROKEN;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.CANCELLED;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.NOT_OLLAMA;
import static dev.orchestrator.mediator.ollama.OllamaFailure.Kind.TIMEOUT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.task.Cancellation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * One request and its answer. It goes straight to the configured host: through no proxy of the system, and behind no redirect,
 * for the question may not leave that host. Thread-safe.
 */
final class Transport implements AutoCloseable {
    static final long LARGEST_ANSWER = 4L * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int IDLE_CONNECTIONS = 2;

    private final OllamaAddress address;
    private final OllamaClient.Patience patience;
    private final OkHttpClient asking;
    private final OkHttpClient probing;
    /** The dispatcher knows a call up to the head of its answer only, and a model takes its time over the rest. */
    private final Set<Call> streaming = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Transport(OllamaAddress address, OllamaClient.Patience patience) {
        this.address = address;
        this.patience = patience;
        this.asking = new OkHttpClient.Builder()
                .proxy(Proxy.NO_PROXY)
                .socketFactory(new DirectSockets())
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(CONNECT)
                .readTimeout(patience.load())
                // For what the two below do not bound: a head of the answer that comes in drops.
                .callTimeout(patience.load().plus(patience.total()))
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
                .build();
        this.probing = asking.newBuilder()
                .readTimeout(patience.probe())
                .callTimeout(patience.probe())
                .build();
    }

    /** Asks for one JSON object. */
    Reply<JsonNode> probe(Request request) {
        Call call = probing.newCall(request);
        try (Response response = call.execute()) {
            String body = Bodies.whole(response.body().source());
            return response.isSuccessful() ? object(body) : new Reply.Failed<>(ErrorAnswer.of(address, response, body));
        } catch (IOException e) {
            return new Reply.Failed<>(failure(e, call, patience.probe()));
        }
    }

    private Reply<JsonNode> object(String body) {
        try {
            JsonNode json = Wire.read(body);
            return json.isObject()
                    ? new Reply.Answered<>(json)
                    : Reply.failed(NOT_OLLAMA, address + " does not answer as Ollama does");
        } catch (JsonProcessingException e) {
            return Reply.failed(NOT_OLLAMA, address + " does not answer as Ollama does");
        }
    }

    /** Asks for the lines of a model's answer. */
    Reply<ChatAnswer> stream(Request request, Cancellation cancellation) throws InterruptedException {
        Call call = asking.newCall(request);
        streaming.add(call);
        cancellation.onStop(call::cancel);
        if (closed) {
            call.cancel();
        }
        try (Response response = call.execute()) {
            BufferedSource source = response.body().source();
            if (!response.isSuccessful()) {
                return new Reply.Failed<>(ErrorAnswer.of(address, response, Bodies.whole(source)));
            }
            // The model is there: from here on it goes on, or it is stuck.
            source.timeout().timeout(patience.silence().toMillis(), TimeUnit.MILLISECONDS);
            source.timeout().deadline(patience.total().toMillis(), TimeUnit.MILLISECONDS);
            return new ChatStream(address).read(source);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Reply.Failed<>(failure(e, call, patience.load()));
        } finally {
            streaming.remove(call);
        }
    }

    private OllamaFailure failure(IOException e, Call call, Duration silence) {
        String cause = e.getMessage() == null ? e.toString() : e.getMessage();
        if (call.isCanceled() && !isTimeout(e)) {
            return new OllamaFailure(CANCELLED, "the question to Ollama was taken back");
        }
        if (isUnreachable(e)) {
            return new OllamaFailure(ABSENT, "nobody answers at " + address + " (" + cause + ")");
        }
        if (e instanceof SSLException) {
            return new OllamaFailure(NOT_OLLAMA, address + " cannot be spoken to safely (" + cause + ")");
        }
        return isTimeout(e)
                ? new OllamaFailure(
                        TIMEOUT,
                        "Ollama at " + address + " was silent or at work for too long, up to " + silence.toSeconds()
                                + " s to the first word")
                : new OllamaFailure(BROKEN, "Ollama at " + address + " broke off (" + cause + ")");
    }

    private static boolean isTimeout(IOException e) {
        return e instanceof InterruptedIOException;
    }

    /** A connection that comes to nothing in time is told by its text alone. */
    private static boolean isUnreachable(IOException e) {
        return e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || (e instanceof SocketTimeoutException
                        && String.valueOf(e.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("connect"));
    }

    @Override
    public void close() {
        closed = true;
        streaming.forEach(Call::cancel);
        asking.dispatcher().cancelAll();
        asking.dispatcher().executorService().shutdown();
        asking.connectionPool().evictAll();
    }
}
