package dev.orchestrator.testkit.ollama;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * A server of Ollama's shape on loopback, with a real model behind it: llama.cpp through JNI. It proves what a scripted server
 * cannot: answers of a model, held to a schema by a grammar, that stream, take time, are cut and can be cancelled. It
 * does not prove Ollama's envelope, which is written here a second time. A client that goes away is noticed when a piece is
 * written, so only in a stream; Ollama notices it always.
 *
 * <p>It is a process of its own because a fault in native code takes the whole process with it:
 *
 * <pre>
 * java -Dde.kherud.llama.tmpdir=DIR -cp TEST_CLASS_PATH dev.orchestrator.testkit.ollama.TinyOllama MODEL.gguf 2&gt;LOG
 * </pre>
 *
 * <p>The first line of stdout is the port, or {@code unavailable: } and why llama.cpp does not run on this machine. It ends
 * when its stdin does, so it cannot outlive whoever started it. {@code DIR} must be its own: the library is unpacked there
 * under a fixed name. llama.cpp logs to stderr.
 */
public final class TinyOllama {
    static final String UNAVAILABLE = "unavailable: ";
    static final String CLIENT_GONE = "aborting completion request due to client closing the connection";

    private final ModelFile file;
    private final Chat chat;
    private final Answers answers;

    private TinyOllama(ModelFile file, Engine engine) {
        this.file = file;
        this.chat = new Chat(file, engine);
        this.answers = new Answers(file);
    }

    public static void main(String[] arguments) throws IOException {
        // Without it each line of a stream waits for the client's delayed acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        PrintStream stdout = System.out;
        // Where the engine unpacks its library is said there, and must not come before the port.
        System.setOut(System.err);
        ModelFile file = ModelFile.read(Path.of(arguments[0]));
        try {
            stdout.println(new TinyOllama(file, new Engine(file)).start());
        } catch (LinkageError e) {
            stdout.println(UNAVAILABLE + e);
            System.exit(1);
        }
        while (System.in.read() >= 0) {
            // Nothing is expected but the end.
        }
        // llama.cpp's own threads would be waited for.
        Runtime.getRuntime().halt(0);
    }

    private int start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange http) {
        Exchange exchange = new Exchange(http);
        try (http) {
            answer(exchange);
        } catch (IOException e) {
            System.err.println(CLIENT_GONE + ": " + e);
        }
    }

    private void answer(Exchange exchange) throws IOException {
        try {
            route(exchange);
        } catch (Refused e) {
            exchange.error(e.status(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            System.err.println("internal error: " + e);
            exchange.error(500, e.toString());
        }
    }

    private void route(Exchange exchange) throws IOException {
        switch (exchange.route()) {
            case "HEAD /" -> exchange.head();
            case "GET /" -> exchange.text(200, "Ollama is running");
            case "GET /api/version" -> exchange.json(200, Answers.version());
            case "GET /api/tags" -> exchange.json(200, answers.tags());
            case "GET /api/ps" -> exchange.json(200, answers.running(chat.isLoaded(), chat.context()));
            case "POST /api/show" -> show(exchange);
            case "POST /api/chat" -> chat(exchange);
            default -> exchange.text(404, "404 page not found");
        }
    }

    private void show(Exchange exchange) throws IOException {
        find(ChatRequest.model(ChatRequest.json(exchange.body())));
        exchange.json(200, answers.show());
    }

    private void chat(Exchange exchange) throws IOException {
        ChatRequest request = ChatRequest.parse(exchange.body());
        find(request.model());
        chat.answer(request, exchange);
    }

    private void find(String model) {
        if (!file.isCalled(model)) {
            throw new Refused(404, "model '" + model + "' not found");
        }
    }
}
