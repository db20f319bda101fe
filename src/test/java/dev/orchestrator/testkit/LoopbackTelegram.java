package dev.orchestrator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A Bot API on loopback: gives updates until they are confirmed, as Telegram does, and remembers what it was told to say. Its
 * log has a line for each message, either way. Thread-safe.
 */
public final class LoopbackTelegram implements AutoCloseable {
    public static final String TOKEN = "123456:AAF-loopback-token-of-a-test";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_LOOK_MILLIS = 200;

    private final MockWebServer server = new MockWebServer();
    private final List<ObjectNode> updates = new ArrayList<>();
    private final Map<Integer, Instant> dates = new HashMap<>();
    private final List<JsonNode> said = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private Function<RecordedRequest, Optional<MockResponse>> faults = request -> Optional.empty();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private int number = 1000;
    private int messages;

    public LoopbackTelegram() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                return answer(request);
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** What is answered in the place of the truth; empty for the truth. Asked for what is to be said alone. */
    public synchronized void faults(Function<RecordedRequest, Optional<MockResponse>> wanted) {
        faults = wanted;
    }

    /** User {@code from} says {@code text} in a chat of their own; answers the number of the update. */
    public synchronized int says(long from, String text) {
        return says(from, from, text);
    }

    /** User {@code from} says {@code text} in {@code chat}, which is negative for a group. */
    public synchronized int says(long from, long chat, String text) {
        ObjectNode update = update();
        ObjectNode message = update.putObject("message");
        message.put("message_id", ++messages).put("date", dated(number)).put("text", text);
        message.putObject("from").put("id", from).put("is_bot", false).put("first_name", "U");
        message.putObject("chat").put("id", chat).put("type", chat == from ? "private" : "group");
        log.add(from + " > " + text);
        return add(update);
    }

    /** User {@code from} sends a file with {@code caption}; answers the number of the update. */
    public synchronized int sends(long from, String caption, String fileName, byte[] content) {
        String id = "file-" + (number + 1);
        files.put(id, content);
        ObjectNode update = update();
        ObjectNode message = update.putObject("message");
        message.put("message_id", ++messages).put("date", dated(number)).put("caption", caption);
        message.putObject("from").put("id", from).put("is_bot", false).put("first_name", "U");
        message.putObject("chat").put("id", from).put("type", "private");
        message.putObject("document")
                .put("file_id", id)
                .put("file_unique_id", id)
                .put("file_name", fileName)
                .put("file_size", content.length);
        log.add(from + " > [" + fileName + "] " + caption);
        return add(update);
    }

    /** User {@code from} taps the button with {@code data} under {@code message}. */
    public synchronized void taps(long from, JsonNode message, String data) {
        ObjectNode update = update();
        ObjectNode tap = update.putObject("callback_query");
        tap.put("id", "tap-" + number).put("data", data).put("chat_instance", "x");
        tap.putObject("from").put("id", from).put("is_bot", false).put("first_name", "U");
        ObjectNode of = tap.putObject("message");
        of.put("message_id", message.path("message_id").asInt()).put("date", 1_764_000_000);
        of.putObject("chat").put("id", message.path("chat_id").asLong()).put("type", "private");
        log.add(from + " taps " + data.substring(0, 1));
        add(update);
    }

    /** An update as nobody has seen one yet. */
    public synchronized void gives(Consumer<ObjectNode> strange) {
        ObjectNode update = update();
        strange.accept(update);
        add(update);
    }

    /** The next update has this number, or a later one. */
    public synchronized void beginsAt(int first) {
        number = first;
    }

    private ObjectNode update() {
        return JSON.createObjectNode().put("update_id", ++number);
    }

    private long dated(int update) {
        Instant now = Instant.now();
        dates.put(update, now);
        return now.getEpochSecond();
    }

    /** Of what came of update {@code number}. */
    public synchronized String taskId(int number) {
        return "tg-" + dates.get(number).toString().substring(2, 10).replace("-", "") + "-" + number;
    }

    private int add(ObjectNode update) {
        updates.add(update);
        notifyAll();
        return number;
    }

    private MockResponse answer(RecordedRequest request) throws InterruptedException {
        List<String> path = request.getUrl().pathSegments();
        if (path.get(0).equals("file") && path.get(1).equals("bot" + TOKEN)) {
            return content(path.get(path.size() - 1));
        }
        if (!path.get(0).equals("bot" + TOKEN)) {
            return refused(401, "Unauthorized", null);
        }
        String method = path.get(1).toLowerCase(java.util.Locale.ROOT);
        JsonNode body = body(request);
        return switch (method) {
            case "getupdates" -> given(body);
            case "deletewebhook", "answercallbackquery", "editmessagereplymarkup" -> truth();
            case "getfile" -> {
                Optional<MockResponse> fault = faults.apply(request);
                if (fault.isPresent()) {
                    yield fault.get();
                }
                String id = body.path("file_id").asText();
                yield done(JSON.createObjectNode()
                        .put("file_id", id)
                        .put("file_unique_id", id)
                        .put("file_path", "documents/" + id));
            }
            case "getme" ->
                done(JSON.createObjectNode()
                        .put("id", 1)
                        .put("is_bot", true)
                        .put("first_name", "B")
                        .put("username", "b_bot"));
            case "sendmessage" -> said(request, body);
            case "senddocument" -> said(request, JSON.createObjectNode().put("text", "(a file)"));
            default -> refused(404, "Not Found", null);
        };
    }

    private MockResponse content(String id) {
        byte[] content = files.get(id);
        return content == null
                ? refused(404, "Not Found", null)
                : new MockResponse.Builder().body(new Buffer().write(content)).build();
    }

    private static JsonNode body(RecordedRequest request) {
        try {
            return request.getBody() == null
                    ? JSON.createObjectNode()
                    : JSON.readTree(request.getBody().utf8());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /** Waits a little for the first one; forgets what is confirmed. */
    private synchronized MockResponse given(JsonNode wish) throws InterruptedException {
        int offset = wish.path("offset").asInt(0);
        updates.removeIf(update -> update.path("update_id").asInt() < offset);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_LOOK_MILLIS);
        for (long left = LONGEST_LOOK_MILLIS; updates.isEmpty() && left > 0; left = millisUntil(end)) {
            wait(left);
        }
        ArrayNode all = JSON.createArrayNode();
        updates.stream().limit(wish.path("limit").asInt(100)).forEach(all::add);
        return done(all);
    }

    private static long millisUntil(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    }

    private synchronized MockResponse said(RecordedRequest request, JsonNode body) {
        Optional<MockResponse> fault = faults.apply(request);
        if (fault.isPresent()) {
            return fault.get();
        }
        ObjectNode message = body.deepCopy();
        message.put("message_id", ++messages);
        said.add(message);
        log.add(body.path("chat_id").asText() + " < "
                + body.path("text").asText().replace("\n", " | "));
        ObjectNode told = JSON.createObjectNode().put("message_id", messages).put("date", 1_764_000_000);
        told.putObject("chat").put("id", body.path("chat_id").asLong()).put("type", "private");
        return done(told);
    }

    private static MockResponse truth() {
        return answered(200, JSON.createObjectNode().put("ok", true).put("result", true));
    }

    private static MockResponse done(JsonNode result) {
        ObjectNode all = JSON.createObjectNode().put("ok", true);
        all.set("result", result);
        return answered(200, all);
    }

    /** As Telegram refuses. */
    public static MockResponse refused(int code, String why, @Nullable Integer retryAfter) {
        ObjectNode all =
                JSON.createObjectNode().put("ok", false).put("error_code", code).put("description", why);
        if (retryAfter != null) {
            all.putObject("parameters").put("retry_after", retryAfter);
        }
        return answered(code, all);
    }

    private static MockResponse answered(int code, JsonNode body) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Content-Type", "application/json")
                .body(body.toString())
                .build();
    }

    /** What was said, in order. */
    public synchronized List<JsonNode> said() {
        return List.copyOf(said);
    }

    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** True when every update was done and confirmed. */
    public synchronized boolean allHeard() {
        return updates.isEmpty();
    }

    @Override
    public void close() {
        server.close();
    }
}
