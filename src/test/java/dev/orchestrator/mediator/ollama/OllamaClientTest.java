package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.mediator.ollama.OllamaFailure.Kind;
import dev.orchestrator.task.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each thing that a server can do on the wire becomes here. The answers are written after Ollama's own types. */
class OllamaClientTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATE = Duration.ofSeconds(20);
    private static final String DONE =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
                    + "\"done_reason\":\"stop\",\"total_duration\":5000000000,\"load_duration\":2000000000,"
                    + "\"prompt_eval_count\":26,\"eval_count\":7,\"something_new\":[1]}\n";

    private final MockWebServer server = new MockWebServer();
    private OllamaClient client;

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = client(LATE, LATE, LATE);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private OllamaClient client(Duration load, Duration silence, Duration total) {
        OllamaAddress address = OllamaAddress.parse(server.url("").toString());
        return new OllamaClient(address, new OllamaClient.Patience(LATE, load, silence, total));
    }

    private static String said(String content) {
        return "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"done\":false}\n";
    }

    private static ChatRequest question() {
        return new ChatRequest(
                "m",
                List.of(ChatMessage.system("Sort it."), ChatMessage.user("Fix ü.")),
                Wire.MAPPER.createObjectNode().put("type", "object"),
                false,
                null,
                new ChatRequest.Options(4096, 300, 0, 7, Duration.ofMinutes(10)));
    }

    private Reply<ChatAnswer> chat() throws InterruptedException {
        return client.chat(question(), new Cancellation());
    }

    private static ChatAnswer answer(Reply<ChatAnswer> reply) {
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        return ((Reply.Answered<ChatAnswer>) reply).value();
    }

    private static OllamaFailure failure(Reply<?> reply) {
        assertThat(reply).isInstanceOf(Reply.Failed.class);
        return ((Reply.Failed<?>) reply).failure();
    }

    private void answers(MockResponse.Builder response) {
        server.enqueue(response.build());
    }

    private static MockResponse.Builder status(int code, String body) {
        return new MockResponse.Builder().code(code).body(body);
    }

    private static MockResponse.Builder lines(String... lines) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/x-ndjson")
                .chunkedBody(String.join("", lines), 11);
    }

    @Test
    void an_answer_is_put_together_from_its_lines() throws Exception {
        answers(lines(said("Hello"), "\n", said(" \\u00fc"), DONE));
        ChatAnswer answer = answer(chat());
        assertThat(answer.content()).isEqualTo("Hello ü");
        assertThat(answer.isCutOff()).isFalse();
        assertThat(answer.usage()).isEqualTo(new ChatAnswer.Usage(26, 7, Duration.ofSeconds(5), Duration.ofSeconds(2)));
    }

    @Test
    void a_question_says_all_that_would_else_be_chosen_for_us() throws Exception {
        answers(lines(DONE));
        answer(chat());
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /api/chat HTTP/1.1");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        JsonNode body = Wire.read(request.getBody().utf8());
        assertThat(body.toString())
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Sort it.\"},"
                        + "{\"role\":\"user\",\"content\":\"Fix ü.\"}],\"stream\":true,\"truncate\":false,\"shift\":false,"
                        + "\"format\":{\"type\":\"object\"},\"think\":false,\"keep_alive\":\"600s\","
                        + "\"options\":{\"num_ctx\":4096,\"num_predict\":300,\"temperature\":0.0,\"seed\":7}}");
    }

    @Test
    void an_answer_that_was_cut_off_says_so() throws Exception {
        answers(lines(said("{\\\"type\\\""), DONE.replace("\"stop\"", "\"length\"")));
        assertThat(answer(chat()).isCutOff()).isTrue();
    }

    @Test
    void thoughts_and_calls_of_tools_are_kept_apart() throws Exception {
        answers(lines(
                "{\"message\":{\"thinking\":\"hm\"}}\n",
                "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"finish\",\"arguments\":{}}}]}}\n",
                DONE));
        ChatAnswer answer = answer(chat());
        assertThat(answer.thinking()).isEqualTo("hm");
        assertThat(answer.toolCalls()).hasSize(1);
        assertThat(answer.content()).isEmpty();
    }

    @Test
    void the_last_line_needs_no_end() throws Exception {
        answers(lines(said("x"), DONE.strip()));
        assertThat(answer(chat()).content()).isEqualTo("x");
    }

    @Test
    void what_is_no_utf8_is_replaced() throws Exception {
        Buffer body = new Buffer().writeUtf8("{\"message\":{\"content\":\"a");
        body.writeByte(0xC3).writeByte(0x28).writeUtf8("\"}}\n" + DONE);
        answers(new MockResponse.Builder().body(body));
        assertThat(answer(chat()).content()).isEqualTo("a\uFFFD(");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(400, "{\"error\":\"failed to parse grammar\"}", Kind.BAD_REQUEST),
                Arguments.of(413, "", Kind.BAD_REQUEST),
                Arguments.of(401, "{\"error\":\"unauthorized\",\"signin_url\":\"x\"}", Kind.REFUSED),
                Arguments.of(403, "", Kind.REFUSED),
                Arguments.of(404, "{\"error\":\"model 'm' not found\"}", Kind.MODEL_MISSING),
                Arguments.of(404, "404 page not found", Kind.NOT_OLLAMA),
                Arguments.of(404, "{\"detail\":\"Not Found\"}", Kind.NOT_OLLAMA),
                Arguments.of(405, "", Kind.NOT_OLLAMA),
                Arguments.of(429, "{\"error\":\"too many\"}", Kind.BUSY),
                Arguments.of(499, "{\"error\":\"request canceled\"}", Kind.BROKEN),
                Arguments.of(500, "{\"error\":\"llama runner process has terminated\"}", Kind.BROKEN),
                Arguments.of(500, "<html>", Kind.BROKEN),
                Arguments.of(502, "", Kind.BUSY),
                Arguments.of(503, "{\"error\":\"server busy, please try again.  maximum pending\"}", Kind.BUSY));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_is_told_by_status_and_text(int status, String body, Kind kind) throws Exception {
        answers(status(status, body));
        assertThat(failure(chat()).kind()).isEqualTo(kind);
        answers(status(status, body));
        assertThat(failure(client.show("m")).kind()).isEqualTo(kind);
    }

    @Test
    void a_reason_is_one_short_line() throws Exception {
        answers(status(500, "{\"error\":\"one\\n two " + "x ".repeat(5_000) + "\"}"));
        assertThat(failure(chat()).message())
                .startsWith("Ollama answers with HTTP 500: one two x x x")
                .hasSizeLessThan(400);
    }

    @Test
    void a_redirect_is_not_followed_for_the_question_would_go_with_it() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start(InetAddress.getLoopbackAddress(), 0);
            answers(status(307, "").addHeader("Location", other.url("/api/chat").toString()));
            assertThat(failure(chat()).kind()).isEqualTo(Kind.NOT_OLLAMA);
            answers(status(302, "").addHeader("Location", other.url("/").toString()));
            assertThat(failure(client.version()).kind()).isEqualTo(Kind.NOT_OLLAMA);
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void an_error_in_the_middle_of_an_answer_is_one_though_the_status_was_200() throws Exception {
        answers(lines(said("{"), "{\"error\":\"an error was encountered while running the model\"}\n"));
        OllamaFailure failure = failure(chat());
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.message()).contains("while running the model");
    }

    @Test
    void an_answer_without_an_end_is_none() throws Exception {
        answers(lines(said("{\\\"type\\\":\\\"bug_fix\\\"}")));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.TRUNCATED);
    }

    @Test
    void a_stream_that_breaks_off_is_a_failure() throws Exception {
        answers(lines(said("x"), DONE).onResponseBody(new SocketEffect.CloseSocket()));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void a_connection_that_closes_at_once_is_a_failure() throws Exception {
        answers(new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void a_line_that_is_no_json_is_somebody_else_or_a_fault() throws Exception {
        answers(lines("<html>\n"));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.NOT_OLLAMA);
        answers(lines(said("x"), "<html>\n"));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.BROKEN);
        answers(lines(""));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.NOT_OLLAMA);
    }

    @Test
    void a_flood_is_not_taken_in() throws Exception {
        answers(lines(said("x".repeat(5 * 1024 * 1024)), DONE));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.BROKEN);
        answers(new MockResponse.Builder().body(said("x".repeat(100_000)).repeat(50) + DONE));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void a_deep_line_is_a_fault_and_fills_no_stack() throws Exception {
        answers(lines(said("x"), "{\"message\":" + "[".repeat(100_000), DONE));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void nobody_there_is_known_at_once() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (OllamaClient lonely = new OllamaClient(
                OllamaAddress.parse("127.0.0.1:" + port), new OllamaClient.Patience(LATE, LATE, LATE, LATE))) {
            assertThat(failure(lonely.version()).kind()).isEqualTo(Kind.ABSENT);
            assertThat(failure(lonely.chat(question(), new Cancellation())).kind())
                    .isEqualTo(Kind.ABSENT);
        }
    }

    @Test
    void a_name_that_nobody_has_is_nobody_there() {
        try (OllamaClient lost = new OllamaClient(
                OllamaAddress.parse("no-such-host.invalid"), new OllamaClient.Patience(LATE, LATE, LATE, LATE))) {
            assertThat(failure(lost.version()).kind()).isEqualTo(Kind.ABSENT);
        }
    }

    @Test
    void a_first_word_that_takes_too_long_is_a_timeout() throws Exception {
        client = client(SOON, LATE, LATE);
        answers(lines(DONE).headersDelay(1, TimeUnit.HOURS));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void silence_behind_the_first_word_has_a_limit_of_its_own() throws Exception {
        client = client(LATE, SOON, LATE);
        answers(new MockResponse.Builder().body(said("x".repeat(9_000)) + DONE).throttleBody(8_192, 1, TimeUnit.HOURS));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void an_answer_that_drips_for_ever_is_a_timeout() throws Exception {
        client = client(SOON, LATE, SOON);
        answers(new MockResponse.Builder()
                .body(said("x".repeat(8_000)).repeat(200) + DONE)
                .throttleBody(8_192, 100, TimeUnit.MILLISECONDS));
        assertThat(failure(chat()).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void who_takes_a_question_back_ends_the_work_on_it() throws Exception {
        answers(lines(DONE).headersDelay(1, TimeUnit.HOURS));
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Reply<ChatAnswer>> reply = CompletableFuture.supplyAsync(() -> {
            try {
                return client.chat(question(), cancellation);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        server.takeRequest();
        cancellation.stop(Cancellation.Reason.CANCELLED);
        assertThat(failure(reply.get(20, TimeUnit.SECONDS)).kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void a_question_of_a_task_that_is_stopped_is_not_asked() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.stop(Cancellation.Reason.SHUTDOWN_STOP);
        assertThat(failure(client.chat(question(), cancellation)).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void what_it_is_and_what_it_has_is_read_leniently() {
        answers(status(200, "{\"version\":\"0.33.0\",\"x\":1}"));
        assertThat(client.version()).isEqualTo(new Reply.Answered<>("0.33.0"));
        answers(status(200, "{}"));
        assertThat(failure(client.version()).kind()).isEqualTo(Kind.NOT_OLLAMA);
        answers(status(200, "[]"));
        assertThat(failure(client.version()).kind()).isEqualTo(Kind.NOT_OLLAMA);
        answers(status(200, "{\"models\":null}"));
        assertThat(client.models()).isEqualTo(new Reply.Answered<>(List.of()));
        answers(
                status(
                        200,
                        "{\"models\":[{\"name\":\"a:latest\",\"size\":5},{\"name\":\"b\",\"remote_host\":\"https://ollama.com\"}]}"));
        assertThat(client.models())
                .isEqualTo(new Reply.Answered<>(
                        List.of(new ModelInfo.Entry("a:latest", 5, false), new ModelInfo.Entry("b", 0, true))));
        answers(
                status(
                        200,
                        "{\"model_info\":{\"general.architecture\":\"qwen\",\"qwen.context_length\":32768},\"capabilities\":[\"tools\"]}"));
        assertThat(client.show("a"))
                .isEqualTo(new Reply.Answered<>(new ModelInfo.Details(32_768, List.of("tools"), false)));
        answers(status(200, "{}"));
        assertThat(client.show("a")).isEqualTo(new Reply.Answered<>(new ModelInfo.Details(0, List.of(), false)));
        answers(status(200, "{\"models\":[{\"name\":\"a:latest\",\"context_length\":4096}]}"));
        assertThat(client.loaded()).isEqualTo(new Reply.Answered<>(List.of(new ModelInfo.Loaded("a:latest", 4096))));
    }

    @Test
    void a_model_without_a_tag_is_the_latest() {
        assertThat(ModelInfo.isSame("Llama3.2", "llama3.2:latest")).isTrue();
        assertThat(ModelInfo.isSame("llama3.2:1b", "llama3.2")).isFalse();
        assertThat(ModelInfo.isSame("registry:5000/a/b", "registry:5000/a/b:latest"))
                .isTrue();
    }
}
