package dev.orchestrator;

import static dev.orchestrator.SettingsLab.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.LoopbackTelegram;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who is told and heard, from the settings to what arrives. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agents are shell scripts")
class NoticeSettingsEffectTest {
    private SettingsLab lab;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        lab = new SettingsLab(temp);
    }

    @Test
    @EffectOf({"notices.kinds", "notices.webhook_url", "notices.webhook_secret", "notices.command"})
    void what_is_wanted_is_posted_with_a_signature_and_given_to_the_program() throws Exception {
        Path told = lab.directory.resolve("told");
        try (MockWebServer hook = new MockWebServer()) {
            hook.start(InetAddress.getLoopbackAddress(), 0);
            hook.enqueue(new MockResponse.Builder().code(200).build());
            hook.enqueue(new MockResponse.Builder().code(200).build());
            lab.set("notices.kinds", "failed")
                    .set("notices.webhook_url", hook.url("/hook").toString())
                    .set("notices.webhook_secret", "correct-horse")
                    .set("notices.command", "sh -c 'cat >> " + told + "'")
                    .drop("well", "Look.")
                    .drop("badly", "MARK-OVERLOADED", "after: well", "retries: 0");

            lab.once();

            RecordedRequest posted = hook.takeRequest(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(posted).isNotNull();
            assertThat(posted.getHeaders().get("Orchestrator-Signature")).startsWith("sha256=");
            assertThat(posted.getBody().utf8()).contains("\"task_id\":\"badly\"");
            Await.until(LONG, () -> Files.exists(told) && Files.readString(told).contains("\"task_id\":\"badly\""));
            assertThat(told).content().doesNotContain("\"task_id\":\"well\"");
            assertThat(hook.getRequestCount()).isEqualTo(1);
        }
    }

    /** It lay there already, or an agent failed while no daemon was there. */
    @Test
    void what_a_start_finds_out_is_told_where_the_settings_say() throws Exception {
        try (MockWebServer hook = new MockWebServer()) {
            hook.start(InetAddress.getLoopbackAddress(), 0);
            hook.enqueue(new MockResponse.Builder().build());
            lab.set("notices.webhook_url", hook.url("/hook").toString());
            lab.home.prepare();
            Files.writeString(lab.home.tasks().resolve("wrong.task.md"), "---\nprioritty: high\n---\nDo it.\n");
            try (Orchestrator daemon = lab.daemon(TimeSource.system())) {
                daemon.start();
                assertThat(hook.takeRequest(30, TimeUnit.SECONDS).getBody().utf8())
                        .contains("prioritty");
            }
        }
    }

    @Test
    @EffectOf({"telegram.token", "telegram.allowed_users", "telegram.url", "telegram.plain_text_tasks"})
    void the_bot_hears_who_is_on_its_list_also_without_a_command() throws Exception {
        try (LoopbackTelegram telegram = new LoopbackTelegram()) {
            lab.set("telegram.token", LoopbackTelegram.TOKEN)
                    .set("telegram.allowed_users", "42")
                    .set("telegram.url", telegram.url())
                    .set("telegram.plain_text_tasks", "true")
                    .set("claude.base_dir", lab.home.root().toString());
            try (Orchestrator daemon = lab.daemon(TimeSource.system())) {
                daemon.start();
                int unheard = telegram.says(666, "Look at what lies here.");
                int heard = telegram.says(42, "Look at what lies here.");
                Await.until(
                        LONG,
                        () -> telegram.said().stream()
                                .anyMatch(message ->
                                        message.path("text").asText().contains("Task " + telegram.taskId(heard))));
                assertThat(telegram.log().toString()).doesNotContain(telegram.taskId(unheard));
            }
        }
    }
}
