package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.mediator.ollama.OllamaFailure.Kind;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several tasks that want to know something of a server that does not answer: one finds that out, for all. */
class LocalModelCrowdTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final FakeOllama ollama;

    LocalModelCrowdTest() throws IOException {
        ollama = new FakeOllama(new OllamaClient.Patience(LONG, Duration.ofMillis(1_500), LONG, LONG));
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    private static Reply<ChatAnswer> ask(LocalModel model, Cancellation cancellation) {
        try {
            return model.ask(
                    new ChatRequest("m", List.of(ChatMessage.user("x")), null, false, null, model.options(10)),
                    cancellation);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OllamaFailure failure(Reply<ChatAnswer> reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed<ChatAnswer>) reply).failure();
    }

    private static CompletableFuture<Reply<ChatAnswer>> asking(LocalModel model, Cancellation cancellation) {
        return CompletableFuture.supplyAsync(() -> ask(model, cancellation), task -> new Thread(task).start());
    }

    private void keepsSilent() {
        ollama.server.enqueue(new MockResponse.Builder()
                .body("{}")
                .headersDelay(1, TimeUnit.HOURS)
                .build());
    }

    @Test
    void who_waited_while_another_waited_in_vain_does_not_do_the_same() throws Exception {
        LocalModel model = ollama.model(1, LONG, TimeSource.system());
        keepsSilent();
        CompletableFuture<Reply<ChatAnswer>> first = asking(model, new Cancellation());
        ollama.server.takeRequest();
        Reply<ChatAnswer> second = ask(model, new Cancellation());

        assertThat(failure(first.get(20, TimeUnit.SECONDS)).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure(second).message()).contains("it is left alone for a while");
        assertThat(ollama.asked()).isEqualTo(1);
    }

    /** One that has failed so often that it was left alone, for long enough by now. */
    private LocalModel rested(int parallel) throws InterruptedException {
        LocalModel model = ollama.model(parallel, LONG, time);
        for (int i = 0; i < 3; i++) {
            ollama.answers(404, "404 page not found");
            assertThat(failure(ask(model, new Cancellation())).kind()).isEqualTo(Kind.NOT_OLLAMA);
        }
        time.advance(Duration.ofSeconds(30));
        return model;
    }

    @Test
    void while_one_tries_whether_it_is_back_nobody_else_does_however_long_that_takes() throws Exception {
        LocalModel model = rested(4);
        ollama.answers(200, "{\"version\":\"0.33.0\"}");
        keepsSilent();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Reply<ChatAnswer>> trying = asking(model, cancellation);
        Await.until(LONG, () -> ollama.asked() == 5);

        time.advance(Duration.ofSeconds(30));
        assertThat(failure(ask(model, new Cancellation())).message()).contains("it is left alone for a while");
        assertThat(ollama.asked()).isEqualTo(5);

        cancellation.stop(Cancellation.Reason.CANCELLED);
        assertThat(failure(trying.get(20, TimeUnit.SECONDS)).kind()).isEqualTo(Kind.CANCELLED);
        ollama.answers(200, "{\"version\":\"0.33.0\"}").says("yes");
        assertThat(ask(model, new Cancellation()))
                .as("the next one tries, since that one came to nothing")
                .isInstanceOf(Reply.Answered.class);
    }

    @Test
    void of_many_that_ask_at_once_one_tries() throws Exception {
        LocalModel model = rested(8);
        ollama.answers(500, "");
        List<CompletableFuture<Reply<ChatAnswer>>> all = IntStream.range(0, 8)
                .mapToObj(i -> asking(model, new Cancellation()))
                .toList();
        for (CompletableFuture<Reply<ChatAnswer>> each : all) {
            assertThat(failure(each.get(20, TimeUnit.SECONDS)).message()).contains("it is left alone for a while");
        }
        assertThat(ollama.asked()).isEqualTo(4);
    }
}
