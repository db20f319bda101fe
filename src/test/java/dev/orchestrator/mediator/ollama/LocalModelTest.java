package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.mediator.ollama.OllamaFailure.Kind;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalModelTest {
    private FakeOllama ollama;
    private final ManualTime time = new ManualTime();
    private LocalModel model;

    @BeforeEach
    void start() throws IOException {
        ollama = new FakeOllama();
        model = ollama.model(time);
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    private Reply<ChatAnswer> ask(Cancellation cancellation) throws InterruptedException {
        return model.ask(
                new ChatRequest("m", List.of(ChatMessage.user("x")), null, false, null, model.options(10)),
                cancellation);
    }

    private Reply<ChatAnswer> ask() throws InterruptedException {
        return ask(new Cancellation());
    }

    private static Kind kind(Reply<ChatAnswer> reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed<ChatAnswer>) reply).failure().kind();
    }

    @Test
    void a_server_that_is_busy_for_a_moment_is_asked_again() throws Exception {
        ollama.answers(503, "{\"error\":\"server busy\"}").answers(503, "").says("yes");
        assertThat(ask()).isInstanceOf(Reply.Answered.class);
        assertThat(ollama.asked()).isEqualTo(3);
    }

    @Test
    void a_server_that_stays_busy_is_not_asked_for_ever() throws Exception {
        ollama.answers(503, "").answers(503, "").answers(503, "");
        assertThat(kind(ask())).isEqualTo(Kind.BUSY);
        assertThat(ollama.asked()).isEqualTo(3);
    }

    @Test
    void what_broke_off_is_tried_once_more() throws Exception {
        ollama.answers(500, "{\"error\":\"llama runner process has terminated\"}")
                .says("yes");
        assertThat(ask()).isInstanceOf(Reply.Answered.class);
        ollama.answers(500, "").answers(500, "");
        assertThat(kind(ask())).isEqualTo(Kind.BROKEN);
        assertThat(ollama.asked()).isEqualTo(4);
    }

    @Test
    void what_no_second_try_can_mend_is_not_tried_again() throws Exception {
        ollama.answers(404, "{\"error\":\"model 'm' not found\"}");
        assertThat(kind(ask())).isEqualTo(Kind.MODEL_MISSING);
        ollama.answers(400, "{\"error\":\"no\"}");
        assertThat(kind(ask())).isEqualTo(Kind.BAD_REQUEST);
        assertThat(ollama.asked()).isEqualTo(2);
    }

    @Test
    void who_stops_does_not_wait_for_another_try() throws Exception {
        ollama.answers(503, "");
        Cancellation cancellation = new Cancellation();
        cancellation.announceEnd();
        assertThat(kind(ask(cancellation))).isEqualTo(Kind.BUSY);
        assertThat(ollama.asked()).isEqualTo(1);
    }

    @Test
    void a_server_that_fails_again_and_again_is_left_alone_then_asked_what_it_is() throws Exception {
        for (int i = 0; i < 3; i++) {
            ollama.answers(500, "").answers(500, "");
            assertThat(kind(ask())).isEqualTo(Kind.BROKEN);
        }
        assertThat(ollama.asked()).isEqualTo(6);
        assertThat(((Reply.Failed<ChatAnswer>) ask()).failure().message())
                .contains("HTTP 500", "it is left alone for a while");
        assertThat(ollama.asked()).as("nobody asked").isEqualTo(6);

        time.advance(Duration.ofSeconds(30));
        ollama.answers(500, "");
        assertThat(kind(ask())).isEqualTo(Kind.BROKEN);
        assertThat(ollama.asked()).as("only what it is").isEqualTo(7);

        time.advance(Duration.ofSeconds(30));
        ollama.answers(200, "{\"version\":\"0.33.0\"}").says("yes");
        assertThat(ask()).isInstanceOf(Reply.Answered.class);
        ollama.says("yes");
        assertThat(ask()).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void a_model_that_is_not_there_says_nothing_against_the_server() throws Exception {
        for (int i = 0; i < 5; i++) {
            ollama.answers(404, "{\"error\":\"model 'm' not found\"}");
            assertThat(kind(ask())).isEqualTo(Kind.MODEL_MISSING);
        }
        assertThat(ollama.asked()).isEqualTo(5);
    }

    @Test
    void only_so_many_ask_at_a_time_and_who_waits_can_be_called_away() throws Exception {
        model = ollama.model(1, Duration.ofMinutes(1), TimeSource.system());
        ollama.server.enqueue(new MockResponse.Builder()
                .body("{}")
                .headersDelay(1, TimeUnit.HOURS)
                .build());
        Cancellation first = new Cancellation();
        Cancellation second = new Cancellation();
        CompletableFuture<Kind> asking = inBackground(first);
        ollama.server.takeRequest();
        CompletableFuture<Kind> waiting = inBackground(second);
        second.stop(Cancellation.Reason.CANCELLED);
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        assertThat(ollama.asked()).isEqualTo(1);

        ollama.says("yes");
        CompletableFuture<Kind> third = inBackground(new Cancellation());
        first.stop(Cancellation.Reason.CANCELLED);
        assertThat(asking.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELLED);
        assertThat(third.get(20, TimeUnit.SECONDS)).as("it got its turn").isNull();
    }

    @Test
    void who_never_gets_its_turn_goes_without() throws Exception {
        model = ollama.model(1, Duration.ofMillis(50), TimeSource.system());
        ollama.server.enqueue(new MockResponse.Builder()
                .body("{}")
                .headersDelay(1, TimeUnit.HOURS)
                .build());
        Cancellation first = new Cancellation();
        CompletableFuture<Kind> asking = inBackground(first);
        ollama.server.takeRequest();
        assertThat(kind(ask())).isEqualTo(Kind.BUSY);
        first.stop(Cancellation.Reason.CANCELLED);
        asking.get(20, TimeUnit.SECONDS);
    }

    /** Null when there was an answer. Each has a thread of its own: the common pool may have no more than one. */
    private CompletableFuture<Kind> inBackground(Cancellation cancellation) {
        return CompletableFuture.supplyAsync(() -> kindOf(cancellation), task -> new Thread(task).start());
    }

    private @Nullable Kind kindOf(Cancellation cancellation) {
        try {
            return ask(cancellation) instanceof Reply.Failed<ChatAnswer> failed
                    ? failed.failure().kind()
                    : null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void to_warm_up_is_to_ask_nothing() throws Exception {
        ollama.says("", "", "load");
        model.warmUp(new Cancellation());
        assertThat(ollama.question().path("messages")).isEmpty();
    }
}
