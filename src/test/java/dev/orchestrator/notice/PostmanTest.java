package dev.orchestrator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.config.Secret;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.NoticeEvent.ChannelOpened;
import dev.orchestrator.task.NoticeEvent.NoticeRefused;
import dev.orchestrator.task.NoticeEvent.NoticeSent;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmanTest {
    private static final Predicate<Notice> ALL = notice -> true;

    @TempDir
    Path temp;

    private final RecordingSink journal = new RecordingSink(new ManualTime());
    private final MockWebServer server = new MockWebServer();
    private WebhookChannel webhook;

    @BeforeEach
    void open() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        webhook = new WebhookChannel(server.url("/hook"), Optional.of(new Secret("correct-horse")), new ManualTime());
        journal.commit(List.of(new ChannelOpened("webhook")));
    }

    @AfterEach
    void close() {
        webhook.close();
        server.close();
    }

    private void happens(String problem) {
        journal.commit(List.of(new DaemonEvent.ConfigRefused("file", List.of(problem))));
    }

    private Postman postman(Predicate<Notice> wanted) {
        return postman(webhook, wanted);
    }

    private Postman postman(Channel channel, Predicate<Notice> wanted) {
        Home home = new Home(temp);
        return new Postman(
                channel,
                () -> journal.state().outbox().pending("webhook"),
                wanted,
                new Letters(home, new ArtifactStore(home), Redactor.SHAPES_ONLY),
                journal);
    }

    private void answers(int code, String... header) {
        MockResponse.Builder response = new MockResponse.Builder().code(code);
        for (int i = 0; i < header.length; i += 2) {
            response.addHeader(header[i], header[i + 1]);
        }
        server.enqueue(response.build());
    }

    @Test
    void what_nobody_wanted_to_hear_is_not_told_later_when_they_want_to_hear_such() throws Exception {
        happens("one");
        Postman deaf = postman(notice -> false);
        deaf.stop();
        deaf.run();

        assertThat(postman(ALL).round()).isPositive();
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void what_is_taken_is_in_the_journal_and_not_told_again() throws Exception {
        happens("one");
        answers(204);
        Postman postman = postman(ALL);

        assertThat(postman.round()).isZero();
        assertThat(postman.round()).isPositive();

        assertThat(journal.events(NoticeSent.class)).containsExactly(new NoticeSent("webhook", 2));
        RecordedRequest request = server.takeRequest();
        String body = request.getBody().utf8();
        assertThat(body).contains("\"kind\":\"settings\"", "\"text\":\"one\"", "\"task_id\":null");
        assertThat(request.getHeaders().get("Orchestrator-Delivery")).endsWith("-2");
        assertThat(request.getHeaders().get("Orchestrator-Signature"))
                .isEqualTo("sha256="
                        + WebhookChannel.signature(new Secret("correct-horse"), body.getBytes(StandardCharsets.UTF_8)));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408, 302})
    void what_was_not_taken_is_kept_and_told_later_under_the_same_id(int code) throws Exception {
        happens("one");
        answers(code);
        answers(200);
        Postman postman = postman(ALL);

        assertThat(postman.round()).isPositive();
        assertThat(journal.events(NoticeSent.class)).isEmpty();
        assertThat(postman.round()).isZero();

        assertThat(server.takeRequest().getHeaders().get("Orchestrator-Delivery"))
                .isEqualTo(server.takeRequest().getHeaders().get("Orchestrator-Delivery"));
        assertThat(journal.events(NoticeSent.class)).hasSize(1);
    }

    @Test
    void whoever_wants_to_be_left_alone_is() throws Exception {
        happens("one");
        answers(429, "Retry-After", "120");
        assertThat(postman(ALL).round()).isEqualTo(Duration.ofMinutes(2));
        answers(429, "Retry-After", "99999999999");
        assertThat(postman(ALL).round()).isEqualTo(Duration.ofHours(1));
        answers(503, "Retry-After", "Sun, 22 Nov 2026 14:30:01 GMT");
        assertThat(postman(ALL).round()).isEqualTo(Duration.ofMinutes(5));
        answers(429, "Retry-After", "soon");
        assertThat(postman(ALL).round()).isEqualTo(Duration.ofSeconds(2));
        answers(429, "Retry-After", "999999");
        assertThat(postman(ALL).round()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 410, 413})
    void what_is_refused_for_good_keeps_no_other_from_being_told(int code) throws Exception {
        happens("one");
        happens("two");
        answers(code);
        answers(200);
        Postman postman = postman(ALL);

        postman.round();
        postman.round();

        assertThat(journal.events(NoticeRefused.class)).hasSize(1);
        assertThat(journal.events(NoticeSent.class)).containsExactly(new NoticeSent("webhook", 3));
    }

    @Test
    void the_waits_grow_and_begin_anew_when_it_was_taken() throws Exception {
        happens("one");
        Postman postman = postman(ALL);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers(500);
            waits.add(postman.round());
        }
        assertThat(waits).isSorted().startsWith(Duration.ofSeconds(2)).endsWith(Duration.ofMinutes(5));
        answers(200);
        postman.round();
        happens("two");
        answers(500);
        assertThat(postman.round()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void what_nobody_wants_to_hear_is_not_told_and_not_kept_for_ever() throws Exception {
        for (int i = 0; i < 100; i++) {
            happens("problem " + i);
        }
        postman(notice -> false).round();

        assertThat(server.getRequestCount()).isZero();
        assertThat(journal.state().outbox().pending()).isEmpty();
    }

    @Test
    void a_secret_that_is_not_known_by_its_place_is_hidden() throws Exception {
        happens("key sk-ant-api03-" + "a1B2".repeat(20));
        answers(200);

        postman(ALL).round();

        assertThat(server.takeRequest().getBody().utf8()).contains("[redacted]").doesNotContain("a1B2a1B2");
    }

    /** Cut first, half of it would look like nothing. */
    @Test
    void a_secret_in_why_it_was_refused_is_hidden_however_much_stands_before_it() throws Exception {
        happens("wrong");
        String key = "sk-ant-api03-" + "a1B2".repeat(20);
        Channel refusing = new Channel() {
            @Override
            public String name() {
                return "webhook";
            }

            @Override
            public Delivery deliver(Letter letter) {
                return new Delivery.Refused("p".repeat(370) + " " + key);
            }

            @Override
            public void close() {}
        };

        postman(refusing, ALL).round();

        assertThat(journal.events(NoticeRefused.class).get(0).reason()).doesNotContain("sk-ant");
    }

    /** It may have been closed meanwhile, and says so only when it is used again. */
    @Test
    void each_notice_comes_over_a_connection_of_its_own() throws Exception {
        happens("one");
        happens("two");
        answers(200);
        answers(200);
        Postman postman = postman(ALL);
        postman.round();
        postman.round();
        server.takeRequest();
        assertThat(server.takeRequest().getExchangeIndex()).isZero();
    }

    /** As a network does it: before a request was heard, and after. Whoever gets one twice knows it by its id. */
    @Test
    void of_two_hundred_none_is_lost_and_none_is_another_whatever_the_network_does() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> heard = new ArrayList<>();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                int luck = random.nextInt(6);
                if (luck == 0) {
                    return new MockResponse.Builder()
                            .code(429)
                            .addHeader("Retry-After", "1")
                            .build();
                }
                if (luck == 1) {
                    return new MockResponse.Builder().code(503).build();
                }
                if (luck == 2) {
                    return new MockResponse.Builder()
                            .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                            .build();
                }
                heard.add(request.getHeaders().get("Orchestrator-Delivery"));
                return luck == 3
                        ? new MockResponse.Builder()
                                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                                .build()
                        : new MockResponse.Builder().code(200).build();
            }
        });
        for (int i = 0; i < 200; i++) {
            happens("problem " + i);
        }
        int lives = 0;
        for (int left = 200; left > 0; lives++) {
            // Each life of the daemon tells a few, and goes on where the journal says.
            Postman postman = postman(ALL);
            for (int i = 0; i < 10; i++) {
                postman.round();
            }
            left = journal.state().outbox().pending("webhook").size();
        }

        System.out.println("200 notices in " + lives + " lives, " + heard.size() + " deliveries");
        assertThat(journal.events(NoticeSent.class)).hasSize(200);
        assertThat(heard.stream().distinct()).hasSize(200);
        assertThat(heard).as("in order").isSortedAccordingTo((one, other) -> Long.compare(number(one), number(other)));
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
