package dev.orchestrator.guard.hook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orchestrator.guard.Decision;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.ToolUse;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what agents ask before they use a tool. On the loopback interface only; each run has a secret path of its own, and a
 * request has to name the address that the run was given, so that no page in a browser can ask by a name that leads here.
 * What cannot be decided is refused. Thread-safe.
 *
 * <p>A run that an earlier daemon started asks at the address it was given then. The port of that address is opened again when the
 * run is taken over.
 */
public final class GuardServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GuardServer.class);
    /** The one that addresses name, whatever this machine prefers. */
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final String JSON = "application/json";

    static {
        // Otherwise the second part of each answer waits 40 ms for the first to be acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Seconds. Somebody who begins a question and does not go on must not keep a thread from those who do.
        System.setProperty("sun.net.httpserver.maxReqTime", "3");
        System.setProperty("sun.net.httpserver.maxRspTime", "3");
    }

    private final Supplier<String> secrets;
    private final Redactor redactor;
    private final TimeSource time;
    private final Executor threads;
    private final Map<Integer, HttpServer> servers = new HashMap<>();
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private int port;

    /**
     * @param secrets makes texts of letters and digits that nobody can guess
     * @param threads where questions are answered
     * @param redactor hides what no record of a question may say
     */
    public GuardServer(Supplier<String> secrets, Executor threads, Redactor redactor, TimeSource time) {
        this.secrets = secrets;
        this.redactor = redactor;
        this.threads = threads;
        this.time = time;
    }

    /**
     * Guards a run that is about to start.
     *
     * @param record where decisions are written down
     */
    public synchronized Watch watch(Policy policy, Path record) throws IOException {
        if (port == 0) {
            port = listen(0);
        }
        URI address = URI.create("http://127.0.0.1:" + port + "/" + secrets.get());
        return watch(address, policy, record, new Sightings());
    }

    /**
     * Guards a run that goes on since before this daemon.
     *
     * @param address that the run was given
     * @throws IOException when somebody else has the port meanwhile
     */
    public synchronized Watch watchAgain(URI address, Policy policy, Path record) throws IOException {
        listen(address.getPort());
        return watch(address, policy, record, GuardRecord.read(record));
    }

    private Watch watch(URI address, Policy policy, Path record, Sightings sightings) {
        String path = address.getPath();
        Watch watch = new Watch(address, policy, new GuardRecord(record, redactor, time), sightings, watches::remove);
        watches.put(path, watch);
        return watch;
    }

    private int listen(int wanted) throws IOException {
        if (servers.containsKey(wanted)) {
            return wanted;
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wanted), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        int actual = server.getAddress().getPort();
        servers.put(actual, server);
        if (port == 0) {
            // New runs ask at the same port, so that the next daemon has one to open.
            port = actual;
        }
        return actual;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Watch> watch = Optional.ofNullable(
                            watches.get(exchange.getRequestURI().getPath()))
                    .filter(each -> isMeant(exchange, each.address()));
            if (watch.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] answer = answer(watch.get(), exchange.getRequestBody());
            exchange.getResponseHeaders().set("Content-Type", JSON);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static boolean isMeant(HttpExchange exchange, URI address) {
        return "POST".equals(exchange.getRequestMethod())
                && address.getAuthority().equals(exchange.getRequestHeaders().getFirst("Host"));
    }

    private static byte[] answer(Watch watch, InputStream body) {
        try {
            Optional<ToolUse> use = HookMessage.read(body);
            if (use.isEmpty()) {
                log.warn("The guard was asked something that it does not understand, and refused it.");
                return HookAnswer.refusing("the guard does not understand what it was asked");
            }
            Decision decision = watch.decide(use.get());
            return HookAnswer.of(decision);
        } catch (RuntimeException | StackOverflowError e) {
            log.error("The guard failed, and refused what it was asked.", e);
            return HookAnswer.refusing("the guard failed");
        }
    }

    @Override
    public synchronized void close() {
        servers.values().forEach(server -> server.stop(0));
        servers.clear();
    }
}
