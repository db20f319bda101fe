package dev.orchestrator.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A Messages API on 127.0.0.1 that plays scripts instead of a model. Thread-safe: any number of CLI runs may share one.
 *
 * <p>{@code try (ScriptedApi api = ScriptedApi.start(script().text("done"))) {...}}
 */
public final class ScriptedApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AUXILIARY = "{\"title\":\"scripted\"}";

    static {
        // Without it each answer waits for the client's delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final Player player = new Player();
    private final ReceivedRequests received = new ReceivedRequests();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Routes routes;

    private ScriptedApi(HttpServer server, ExecutorService executor, Routes routes) {
        this.server = server;
        this.executor = executor;
        this.routes = routes;
    }

    public static ScriptedApi start(Script script) {
        return start(Routes.routes().orElse(script));
    }

    public static ScriptedApi start(Routes routes) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            ExecutorService executor = Executors.newCachedThreadPool(daemons());
            ScriptedApi api = new ScriptedApi(server, executor, routes);
            server.setExecutor(executor);
            server.createContext("/", api::handle);
            // Started by a daemon thread because the server's dispatcher inherits that.
            CompletableFuture.runAsync(server::start, executor).join();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a port on loopback", e);
        }
    }

    /** What {@code ANTHROPIC_BASE_URL} must be. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Plays other scripts from the next request on; a conversation starts the new script at its first turn. */
    public void use(Routes newRoutes) {
        routes = newRoutes;
    }

    public void use(Script script) {
        use(Routes.routes().orElse(script));
    }

    /** Requests of the main loop so far, oldest first, failed ones included. */
    public List<ApiRequest> requests() {
        return received.matching(request -> !request.isAuxiliary());
    }

    /** Requests of the main loop whose prompt contains the marker, oldest first. */
    public List<ApiRequest> requests(String marker) {
        return received.matching(promptWith(marker));
    }

    public List<ApiRequest> auxiliaryRequests() {
        return received.matching(ApiRequest::isAuxiliary);
    }

    /**
     * Waits until {@code count} requests of the main loop have come whose prompt contains the marker; "" is any prompt.
     *
     * @throws AssertionError when they have not come in time
     */
    public List<ApiRequest> awaitRequests(String marker, int count, Duration timeout) {
        return received.await(promptWith(marker), count, timeout);
    }

    /** Ends hanging requests and frees the port. */
    @Override
    public void close() {
        closed.complete(null);
        server.stop(0);
        executor.shutdownNow();
    }

    private static Predicate<ApiRequest> promptWith(String marker) {
        return request -> !request.isAuxiliary() && request.prompt().contains(marker);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "HEAD" -> exchange.sendResponseHeaders(200, -1);
                case "POST" -> post(exchange);
                default ->
                    send(exchange, 404, MessageFormat.error("not_found_error", "scripted API: no such resource"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.equals("/v1/messages")) {
            messages(exchange, new ApiRequest(path, headers(exchange), JSON.readTree(body)));
        } else if (path.equals("/v1/messages/count_tokens")) {
            send(exchange, 200, JSON.createObjectNode().put("input_tokens", body.length / 4));
        } else {
            send(exchange, 404, MessageFormat.error("not_found_error", "scripted API: no such resource"));
        }
    }

    private void messages(HttpExchange exchange, ApiRequest request) throws IOException, InterruptedException {
        received.add(request);
        if (request.isAuxiliary()) {
            message(exchange, request, MessageFormat.text(request.model(), AUXILIARY, new Script.Usage(1, 1)));
            return;
        }
        Player.Answer answer = player.answer(routes.scriptFor(request), request, this::await);
        if (answer instanceof Player.Answer.Message said) {
            message(exchange, request, said.message());
        } else if (answer instanceof Player.Answer.Begun begun) {
            cut(exchange, MessageFormat.begun(begun.message()));
        } else if (answer instanceof Player.Answer.Error error) {
            error.headers().forEach(exchange.getResponseHeaders()::set);
            send(exchange, error.status(), error.body());
        }
    }

    private void await(CountDownLatch latch) throws InterruptedException {
        CompletableFuture<Void> opened = CompletableFuture.runAsync(() -> awaitQuietly(latch), executor);
        CompletableFuture.anyOf(opened, closed).join();
        if (closed.isDone()) {
            throw new InterruptedException("the server was closed");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(Script.LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void message(HttpExchange exchange, ApiRequest request, ObjectNode message) throws IOException {
        if (request.isStream()) {
            send(exchange, 200, "text/event-stream", MessageFormat.events(message));
        } else {
            send(exchange, 200, message);
        }
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        send(exchange, status, "application/json", MessageFormat.json(body));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Promises more than it sends, so that the server closes the connection after it. */
    private static void cut(HttpExchange exchange, String begun) throws IOException {
        byte[] bytes = begun.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, bytes.length + 1_000L);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return Map.copyOf(headers);
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "scripted-api-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
