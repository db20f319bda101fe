package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.mediator.ollama.OllamaFailure.Kind;
import dev.orchestrator.task.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way a question goes, how long it may take, and how it ends when nobody wants its answer. */
class TransportTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATE = Duration.ofSeconds(20);
    private static final String BEGIN = "{\"message\":{\"content\":\"x\"},\"done\":false}\n";
    private static final String DONE = "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OllamaClient client(Duration load, Duration silence, Duration total) {
        return new OllamaClient(
                OllamaAddress.parse(server.url("").toString()), new OllamaClient.Patience(LATE, load, silence, total));
    }

    private static Reply<ChatAnswer> ask(OllamaClient client, Cancellation cancellation) {
        ChatRequest question = new ChatRequest(
                "m",
                List.of(ChatMessage.user("x")),
                null,
                false,
                null,
                new ChatRequest.Options(4096, 300, 0, 7, Duration.ofMinutes(10)));
        try {
            return client.chat(question, cancellation);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<Kind> asking(OllamaClient client, Cancellation cancellation) {
        return CompletableFuture.supplyAsync(() -> kind(ask(client, cancellation)), task -> new Thread(task).start());
    }

    private static Kind kind(Reply<ChatAnswer> reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed<ChatAnswer>) reply).failure().kind();
    }

    /** Sends everybody to {@code host}, whatever they want. */
    private static final class Detour extends ProxySelector {
        private final Proxy proxy;

        Detour(Proxy.Type type, MockWebServer host) {
            this.proxy = new Proxy(type, host.getSocketAddress());
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(proxy);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    }

    @ParameterizedTest
    @EnumSource(
            value = Proxy.Type.class,
            names = {"HTTP", "SOCKS"})
    void a_question_goes_through_no_proxy_of_the_system(Proxy.Type type) throws IOException {
        ProxySelector before = ProxySelector.getDefault();
        try (MockWebServer other = new MockWebServer()) {
            other.start(InetAddress.getLoopbackAddress(), 0);
            ProxySelector.setDefault(new Detour(type, other));
            try (OllamaClient client = client(LATE, LATE, LATE)) {
                server.enqueue(new MockResponse.Builder().body(BEGIN + DONE).build());
                assertThat(ask(client, new Cancellation())).isInstanceOf(Reply.Answered.class);
            }
            assertThat(other.getRequestCount()).isZero();
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void the_time_for_an_answer_runs_from_its_first_sign_and_what_was_not_needed_before_is_not_added() {
        try (OllamaClient client = client(LATE, LATE, SOON)) {
            server.enqueue(new MockResponse.Builder()
                    .body("\n".repeat(200) + DONE)
                    .throttleBody(8, 100, TimeUnit.MILLISECONDS)
                    .build());
            assertThat(kind(ask(client, new Cancellation()))).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void a_model_that_is_loaded_for_long_has_its_whole_time_for_the_answer_then() {
        try (OllamaClient client = client(LATE, LATE, Duration.ofSeconds(2))) {
            server.enqueue(new MockResponse.Builder()
                    .headersDelay(2_500, TimeUnit.MILLISECONDS)
                    .body(BEGIN + DONE)
                    .build());
            assertThat(ask(client, new Cancellation())).isInstanceOf(Reply.Answered.class);
        }
    }

    /** Begins, and never ends. */
    private static final class Endless implements MockResponseBody {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8(BEGIN);
            sink.flush();
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void an_answer_that_has_begun_can_be_taken_back() throws Exception {
        Endless body = new Endless();
        server.enqueue(new MockResponse.Builder().body(body).build());
        Cancellation cancellation = new Cancellation();
        try (OllamaClient client = client(LATE, LATE, LATE)) {
            CompletableFuture<Kind> reply = asking(client, cancellation);
            body.begun.await();
            cancellation.stop(Cancellation.Reason.CANCELLED);
            assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        } finally {
            body.over.countDown();
        }
    }

    @RepeatedTest(10)
    void whoever_closes_the_client_ends_what_it_waits_for() throws Exception {
        Endless body = new Endless();
        server.enqueue(new MockResponse.Builder().body(body).build());
        OllamaClient client = client(LATE, LATE, LATE);
        try {
            CompletableFuture<Kind> reply = asking(client, new Cancellation());
            body.begun.await();
            client.close();
            assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        } finally {
            body.over.countDown();
        }
    }

    @Test
    void no_thread_of_it_keeps_the_program_alive() {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        try (OllamaClient client = client(LATE, LATE, LATE)) {
            server.enqueue(new MockResponse.Builder().body(BEGIN + DONE).build());
            ask(client, new Cancellation());
            server.enqueue(
                    new MockResponse.Builder().body("{\"version\":\"1\"}").build());
            client.version();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .filteredOn(thread -> !thread.getName().startsWith("MockWebServer"))
                    .allMatch(Thread::isDaemon);
        }
    }
}
