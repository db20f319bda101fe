package dev.orchestrator.testkit;

import static dev.orchestrator.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScriptedApiTest {
    private static final String TOOLS = "\"max_tokens\":100,\"tools\":[{\"name\":\"Write\"}]";
    private static final String FIRST = "{\"role\":\"user\",\"content\":\"hello MARK\"}";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void the_probe_of_the_cli_is_answered() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("hi"))) {
            HttpRequest probe = HttpRequest.newBuilder(api.url())
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(probe, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void the_turn_is_decided_by_the_conversation_alone() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("one").text("two"))) {
            String said = "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]}";

            assertThat(post(api, FIRST).body()).contains("\"text\":\"one\"");
            assertThat(post(api, FIRST).body()).contains("\"text\":\"one\"");
            assertThat(post(api, FIRST, said, FIRST).body()).contains("\"text\":\"two\"");
        }
    }

    @Test
    void what_the_cli_puts_into_the_models_mouth_is_not_a_turn() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().text("one"))) {
            String synthetic = "{\"role\":\"assistant\",\"content\":\"No response requested.\"}";

            assertThat(post(api, FIRST, synthetic, FIRST).body()).contains("\"text\":\"one\"");
        }
    }

    @Test
    void a_side_request_does_not_get_a_turn() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script().error(500, "api_error", "must not be seen"))) {
            String title = "{\"max_tokens\":100,\"tools\":[],\"messages\":[" + FIRST + "]}";

            assertThat(send(api, "/v1/messages", title).statusCode()).isEqualTo(200);
            assertThat(send(api, "/v1/messages/count_tokens", title).body()).contains("input_tokens");
            assertThat(api.requests()).isEmpty();
            assertThat(api.auxiliaryRequests()).hasSize(1);
        }
    }

    @Test
    void a_script_that_is_too_short_is_told() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(script())) {
            assertThat(post(api, FIRST).statusCode()).isEqualTo(400);
            assertThat(post(api, FIRST).body()).contains("the script has no turn 1");
        }
    }

    @Test
    void an_error_repeats_with_its_headers() throws Exception {
        Script limited = script().error(429, "rate_limit_error", "slow", Map.of("retry-after", "7"))
                .text("never");
        try (ScriptedApi api = ScriptedApi.start(limited)) {
            assertThat(post(api, FIRST).statusCode()).isEqualTo(429);
            assertThat(post(api, FIRST).headers().firstValue("retry-after")).contains("7");
        }
    }

    @Test
    void a_counted_error_passes() throws Exception {
        try (ScriptedApi api = ScriptedApi.start(
                script().errors(2, 529, "overloaded_error", "x").text("done"))) {
            assertThat(post(api, FIRST).statusCode()).isEqualTo(529);
            assertThat(post(api, FIRST).statusCode()).isEqualTo(529);
            assertThat(post(api, FIRST).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_first_route_that_matches_the_prompt_is_taken() throws Exception {
        Routes routes = Routes.routes()
                .when("MARK", script().text("marked"))
                .when(prompt -> true, script().text("any"))
                .orElse(script().text("never"));
        try (ScriptedApi api = ScriptedApi.start(routes)) {
            assertThat(post(api, FIRST).body()).contains("marked");
            assertThat(post(api, "{\"role\":\"user\",\"content\":\"other\"}").body())
                    .contains("any");
            assertThat(api.requests("MARK")).hasSize(1);
        }
    }

    @Test
    void reminders_of_the_cli_are_not_the_prompt() throws Exception {
        String mention = "{\"role\":\"user\",\"content\":\"<system-reminder>Called Read</system-reminder>\"}";
        String wrapped = "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"<system-reminder>x\"},"
                + "{\"type\":\"text\",\"text\":\"the prompt\"}]}";
        try (ScriptedApi api = ScriptedApi.start(script().text("hi"))) {
            post(api, mention, wrapped);

            assertThat(api.requests().get(0).prompt()).isEqualTo("the prompt");
        }
    }

    @Test
    void a_turn_waits_for_its_latch() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (ScriptedApi api = ScriptedApi.start(script().waitFor(latch).text("released"))) {
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(request(api, "/v1/messages", body(FIRST)), HttpResponse.BodyHandlers.ofString());
            api.awaitRequests("MARK", 1, Duration.ofSeconds(10));
            assertThat(answer).isNotDone();

            latch.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).contains("released");
        }
    }

    @Test
    void closing_ends_a_hanging_call() throws Exception {
        CompletableFuture<HttpResponse<String>> answer;
        try (ScriptedApi api = ScriptedApi.start(script().hang())) {
            answer = client.sendAsync(request(api, "/v1/messages", body(FIRST)), HttpResponse.BodyHandlers.ofString());
            api.awaitRequests("", 1, Duration.ofSeconds(10));
        }
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void requests_that_do_not_come_are_an_assertion_error() {
        try (ScriptedApi api = ScriptedApi.start(script().text("hi"))) {
            assertThatThrownBy(() -> api.awaitRequests("", 1, Duration.ofMillis(20)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("have 0 of 0");
        }
    }

    private HttpResponse<String> post(ScriptedApi api, String... messages) throws Exception {
        return send(api, "/v1/messages?beta=true", body(messages));
    }

    private HttpResponse<String> send(ScriptedApi api, String path, String body) throws Exception {
        return client.send(request(api, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(ScriptedApi api, String path, String body) {
        return HttpRequest.newBuilder(URI.create(api.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String body(String... messages) {
        return "{\"model\":\"m\"," + TOOLS + ",\"messages\":[" + String.join(",", messages) + "]}";
    }
}
