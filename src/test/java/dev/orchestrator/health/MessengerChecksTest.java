package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.NoticeEvent;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.LoopbackTelegram;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessengerChecksTest {
    @TempDir
    Path temp;

    private final Map<String, String> settings = new HashMap<>();
    private final MockWebServer hook = new MockWebServer();
    private final ManualTime time = new ManualTime();
    private LoopbackTelegram telegram;

    @BeforeEach
    void start() throws IOException {
        telegram = new LoopbackTelegram();
        hook.start(InetAddress.getLoopbackAddress(), 0);
        settings.put("telegram.url", telegram.url());
    }

    @AfterEach
    void stop() {
        telegram.close();
        hook.close();
    }

    private CheckResult result(String name) throws Exception {
        Home home = new Home(temp.toRealPath());
        Settings all = new Settings(() -> ConfigLoader.load(home, settings, Map.of()));
        return MessengerChecks.of(all, Map.of("PATH", System.getenv("PATH")), home, time).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .body()
                .run();
    }

    private void bot(String token, String users) {
        settings.put("telegram.token", token);
        settings.put("telegram.allowed_users", users);
    }

    @Test
    void a_program_that_is_not_there_is_told_of() throws Exception {
        assertThat(result("command")).isEqualTo(CheckResult.ok("none"));
        settings.put("notices.command", "no-such-program-of-theirs --quietly");
        assertThat(result("command").detail()).startsWith("there is no program `no-such-program-of-theirs`");
    }

    @Test
    void what_nobody_takes_for_long_is_told_of() throws Exception {
        Home home = new Home(temp.toRealPath());
        home.prepare();
        try (Journal journal = Journal.open(home.journal(), 1 << 20, Journal.Trusted.NOTHING, time, Thread::new)) {
            journal.start(List.of());
            journal.commit(List.of(
                    new NoticeEvent.ChannelOpened("webhook"), new DaemonEvent.ConfigRefused("file", List.of("wrong"))));
        }
        assertThat(result("waiting").verdict()).isEqualTo(CheckResult.Verdict.OK);
        time.advance(Duration.ofMinutes(11));
        assertThat(result("waiting").detail()).isEqualTo("1 could not be told for more than 10 minutes");
    }

    @Test
    void who_is_not_wanted_is_not_asked() throws Exception {
        assertThat(result("telegram")).isEqualTo(CheckResult.ok("none"));
        assertThat(result("webhook")).isEqualTo(CheckResult.ok("none"));
        assertThat(hook.getRequestCount()).isZero();
    }

    @Test
    @EffectOf({"telegram.token", "telegram.allowed_users", "telegram.url"})
    void a_bot_is_called_by_its_name() throws Exception {
        bot(LoopbackTelegram.TOKEN, "42");
        assertThat(result("telegram")).isEqualTo(CheckResult.ok("@b_bot hears 1"));
    }

    @Test
    void a_bot_that_hears_nobody_is_told_of() throws Exception {
        bot(LoopbackTelegram.TOKEN, "");
        assertThat(result("telegram").detail()).contains("nobody is on its list");
    }

    @Test
    void a_token_of_nobody_is_told_without_saying_it() throws Exception {
        bot("999:a-token-of-nobody-at-all", "42");
        assertThat(result("telegram").remedy()).contains("@BotFather");
        assertThat(result("telegram").toString()).doesNotContain("a-token-of-nobody-at-all");
    }

    @Test
    void where_there_is_no_network_notices_wait() throws Exception {
        bot(LoopbackTelegram.TOKEN, "42");
        telegram.close();
        assertThat(result("telegram").detail()).contains("notices wait").doesNotContain(LoopbackTelegram.TOKEN);
    }

    private void hook() {
        settings.put("notices.webhook_url", hook.url("/h").toString());
    }

    @Test
    @EffectOf({"notices.webhook_url", "notices.webhook_secret"})
    void a_webhook_is_there_whatever_it_answers_and_is_told_nothing() throws Exception {
        hook();
        settings.put("notices.webhook_secret", "a secret of theirs");
        hook.enqueue(new MockResponse.Builder().code(405).build());

        assertThat(result("webhook").detail()).contains("answers (405)", "is signed");
        assertThat(hook.takeRequest().getMethod()).isEqualTo("HEAD");
    }

    @Test
    void a_webhook_that_anybody_could_speak_for_is_a_warning() throws Exception {
        hook();
        hook.enqueue(new MockResponse.Builder().code(200).build());
        CheckResult result = result("webhook");
        assertThat(result.verdict()).isEqualTo(CheckResult.Verdict.WARN);
        assertThat(result.remedy()).contains("notices.webhook_secret");
    }

    @Test
    void nobody_at_the_webhook_is_a_warning() throws Exception {
        hook();
        hook.close();
        assertThat(result("webhook").detail()).contains("nobody answers", "notices wait");
    }
}
