package dev.orchestrator;

import static dev.orchestrator.SettingsLab.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Config;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.testkit.RealSandbox;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What agents may not touch, from the settings to what becomes of a task that does. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the agents are shell scripts")
class GuardSettingsEffectTest {
    private SettingsLab lab;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        lab = new SettingsLab(temp);
    }

    private String status(String id) throws IOException {
        return lab.artifact(id).path("status").asText();
    }

    /** May change its directory. */
    private void dropWriter(String id, String text) throws IOException {
        Files.createDirectories(lab.home.root().resolve(id));
        lab.file(id, "id: " + id + "\ntype: custom\ncwd: " + id, text);
    }

    @Test
    @EffectOf({"guard.secrets", "guard.readable"})
    void the_rules_of_a_run_refuse_the_secrets_of_the_settings() throws Exception {
        lab.drop("usual", "Look.");
        lab.once();
        assertThat(lab.seen("rules")).contains("*.pem)").doesNotContain("vault");

        lab.set("guard.secrets", "vault").set("guard.readable", "*.pem").drop("look", "Look.");
        lab.once();
        String rules = lab.seen("rules");
        String last = rules.substring(rules.lastIndexOf("\"permissions\""));
        assertThat(last).contains("/vault)").doesNotContain("*.pem)");
    }

    @Test
    @EffectOf("claude.config_dir")
    void no_run_changes_the_settings_of_its_program_also_when_they_lie_elsewhere_since() throws Exception {
        AtomicReference<Config> config = new AtomicReference<>(lab.config());
        Path login = Files.createDirectory(lab.directory.resolve("login"));
        try (Orchestrator daemon = lab.daemon(config::get, TimeSource.system())) {
            daemon.start();
            lab.drop("before", "Look.").awaitEvent("task_finished");
            assertThat(lab.seen("rules")).doesNotContain("/login/**");

            config.set(lab.set("claude.config_dir", login.toString()).config());
            lab.drop("after", "Look.");
            Await.until(LONG, () -> lab.events("task_finished").size() == 2);
            assertThat(lab.seen("rules")).contains("/login/**");
        }
    }

    @Test
    @EffectOf({"guard.sentinels", "guard.on_violation"})
    void what_is_watched_and_was_changed_fails_the_task_when_violations_do() throws Exception {
        Path watched = Files.writeString(lab.directory.resolve("watched"), "as it was\n");
        lab.set("guard.sentinels", watched.toString());
        dropWriter("told", "MARK-TOUCH");
        lab.once();
        assertThat(status("told")).isEqualTo("succeeded");
        assertThat(lab.artifact("told").at("/security/violations/0/tool").asText())
                .isEqualTo("sentinel");

        lab.set("guard.on_violation", "fail");
        dropWriter("failed", "MARK-TOUCH");
        lab.once();
        assertThat(status("failed")).isEqualTo("failed");
    }

    @Test
    @EffectOf({"guard.guarded_write", "guard.approval_expires"})
    void all_tasks_are_guarded_and_what_waits_too_long_is_rejected() throws Exception {
        lab.set("guard.guarded_write", "true").set("guard.approval_expires", "1ms");
        dropWriter("safe", "MARK-WRITE");
        lab.once();
        assertThat(status("safe")).isEqualTo("awaiting_approval");
        assertThat(lab.home.root().resolve("safe/made")).doesNotExist();
        assertThat(lab.events("task_accepted").toString()).contains("\"guarded\":true");

        lab.once();
        assertThat(status("safe")).isEqualTo("rejected");
    }

    @Test
    @EffectOf("guard.guarded_write")
    void a_task_that_was_accepted_before_is_guarded_too() throws Exception {
        Files.createDirectories(lab.home.root().resolve("early"));
        lab.set("limits.runs_total", "1")
                .drop("one", "Look.")
                .file("early", "id: early\ntype: custom\nafter: one\ncwd: early", "MARK-WRITE");
        assertThat(lab.once().unfinished()).isEqualTo(1);

        lab.set("limits.runs_total", "9").set("guard.guarded_write", "true");
        lab.once();
        assertThat(status("early")).isEqualTo("awaiting_approval");
    }

    @Test
    @EffectOf("guard.staged_size")
    void a_directory_that_is_too_large_is_not_copied() throws Exception {
        lab.set("guard.guarded_write", "true").set("guard.staged_size", "1MB").set("retries", "0");
        dropWriter("large", "MARK-WRITE");
        Files.write(lab.home.root().resolve("large/data"), new byte[2 << 20]);
        lab.once();
        assertThat(status("large")).isEqualTo("failed");
        assertThat(lab.artifact("large").at("/error").toString()).contains("guard.staged_size");
        assertThat(lab.starts()).isZero();
    }

    /** Its agent is a command, which is held to its place by nothing else. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: there is no sandbox elsewhere")
    @EffectOf({"guard.sandbox", "guard.sandbox_writable"})
    void commands_change_what_the_settings_name_and_without_a_sandbox_anything() throws Exception {
        RealSandbox.require();
        Path cache = Files.createDirectory(lab.directory.resolve("cache"));
        Path other = Files.createDirectory(lab.directory.resolve("other"));
        lab.without("guard.sandbox").set("guard.sandbox_writable", cache.toString());
        String acceptance = "acceptance: ['echo x > " + cache + "/a; echo x > " + other + "/b; true']";
        Files.createDirectories(lab.home.root().resolve("boxed"));
        Files.createDirectories(lab.home.root().resolve("open"));

        lab.file("boxed", "id: boxed\ntype: custom\nagent: mine\ncwd: boxed\n" + acceptance, "Write.")
                .set("agents.mine.command", "sh -c 'echo x > made; echo done'");
        lab.once();
        assertThat(cache.resolve("a")).exists();
        assertThat(other.resolve("b")).doesNotExist();

        lab.set("guard.sandbox", "off").set("agents.mine.unsandboxed", "true");
        lab.file("open", "id: open\ntype: custom\nagent: mine\ncwd: open\n" + acceptance, "Write.");
        lab.once();
        assertThat(other.resolve("b")).exists();
    }
}
