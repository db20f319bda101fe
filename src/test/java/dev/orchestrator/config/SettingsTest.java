package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each row of the table, whatever it is. */
class SettingsTest {
    /** A value for each setting, other than its default, in the form in which it is printed. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("workers", "7"),
            Map.entry("agent", "codex"),
            Map.entry("retries", "0"),
            Map.entry("claude.command", "/opt/my claude/bin"),
            Map.entry("claude.base_dir", "code"),
            Map.entry("claude.allowed_roots", "code,shared"),
            Map.entry("claude.pass_env", "AWS_*,GH_TOKEN"),
            Map.entry("guard.on_violation", "stop"),
            Map.entry("guard.secrets", "*.secret,vault"),
            Map.entry("guard.readable", "*.pem"),
            Map.entry("guard.sandbox", "require"),
            Map.entry("guard.sandbox_writable", "/srv/cache"),
            Map.entry("claude.config_dir", "agent"),
            Map.entry("claude.model", "sonnet"),
            Map.entry("claude.max_turns", "40"),
            Map.entry("claude.max_budget_usd", "2.50"),
            Map.entry("claude.timeout", "90m"),
            Map.entry("claude.idle_timeout", "90s"),
            Map.entry("claude.startup_timeout", "1500ms"),
            Map.entry("claude.result_grace", "0s"),
            Map.entry("claude.stop_grace", "1s"),
            Map.entry("guard.sentinels", "/etc/hosts,keys"),
            Map.entry("answers", "5"),
            Map.entry("context_tokens", "500"),
            Map.entry("acceptance.timeout", "90s"),
            Map.entry("acceptance.rounds", "7"),
            Map.entry("ollama.url", "http://llama.lan:1234"),
            Map.entry("ollama.model", "llama3.2"),
            Map.entry("ollama.num_ctx", "16384"),
            Map.entry("ollama.keep_alive", "30m"),
            Map.entry("ollama.load_timeout", "9m"),
            Map.entry("ollama.timeout", "2m"),
            Map.entry("ollama.parallel", "4"),
            Map.entry("ollama.briefs", "true"),
            Map.entry("ollama.summaries", "false"),
            Map.entry("ollama.judge", "false"),
            Map.entry("coordinator.runs", "2"),
            Map.entry("coordinator.moves", "9"),
            Map.entry("guard.guarded_write", "true"),
            Map.entry("guard.approval_expires", "2d"),
            Map.entry("guard.staged_size", "500MB"),
            Map.entry("intake.debounce", "10ms"),
            Map.entry("intake.scan_interval", "1d"),
            Map.entry("intake.max_file_size", "512KB"),
            Map.entry("intake.max_queued", "1"),
            Map.entry("journal.segment_size", "64KB"),
            Map.entry("limits.resume", "ask"),
            Map.entry("limits.outage", "30m"),
            Map.entry("limits.usd_per_task", "5"),
            Map.entry("limits.usd_per_day", "20"),
            Map.entry("limits.usd_total", "500.50"),
            Map.entry("limits.runs_per_task", "6"),
            Map.entry("limits.runs_per_day", "200"),
            Map.entry("limits.runs_total", "10000"),
            Map.entry("disk.min_free", "1GB"),
            Map.entry("telegram.token", "123456:correct-horse"),
            Map.entry("telegram.allowed_users", "42,4711"),
            Map.entry("telegram.url", "http://127.0.0.1:8081"),
            Map.entry("telegram.plain_text_tasks", "true"),
            Map.entry("notices.kinds", "failed,waiting"),
            Map.entry("notices.webhook_url", "https://hooks.example/x"),
            Map.entry("notices.webhook_secret", "correct-horse"),
            Map.entry("notices.command", "notify-send Tasks"),
            Map.entry("retention.tasks", "30d"),
            Map.entry("retention.artifacts", "90d"),
            Map.entry("retention.runs", "14d"),
            Map.entry("retention.journal", "365d"),
            Map.entry("shutdown.mode", "stop"),
            Map.entry("shutdown.grace", "2h"),
            Map.entry("log.level", "debug"));

    @TempDir
    Path dir;

    static Stream<Setting<?>> settings() {
        return StreamSupport.stream(Settings.TABLE.spliterator(), false);
    }

    @Test
    void every_setting_has_a_sample_here() {
        assertThat(settings().map(Setting::name)).containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void its_text_is_read_and_printed_back(Setting<?> setting) {
        assertRoundTrip(setting, SAMPLES.get(setting.name()));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void its_default_is_printed_and_read_back(Setting<?> setting) {
        assertDefaultRoundTrip(setting);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void it_changes_the_configuration(Setting<?> setting) {
        Config before = new TestHome(dir).flag("agents.codex.command", "x").config();
        Config after = new TestHome(dir)
                .flag("agents.codex.command", "x")
                .flag(setting.name(), SAMPLES.get(setting.name()))
                .config();
        assertThat(after).isNotEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void its_meaning_is_a_sentence_that_fits_a_cell_of_a_table(Setting<?> setting) {
        assertThat(setting.name()).matches("([a-z]+\\.)?[a-z]+(_[a-z]+)*");
        assertThat(setting.meaning()).endsWith(".").doesNotContain("|", "\n");
    }

    @Test
    void no_two_share_a_name_or_a_variable() {
        assertThat(settings().map(Setting::name)).doesNotHaveDuplicates();
        assertThat(settings().flatMap(SettingsTest::variables)).doesNotHaveDuplicates();
    }

    @Test
    void a_table_with_two_of_the_same_variable_is_refused() {
        Setting<String> one = setting("a.b_c");
        Setting<String> other = setting("a.b.c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettingsTable(List.of(one, other), AgentsSettings.GROUP))
                .withMessage("two settings are called ORCHESTRATOR_A_B_C");
    }

    private static Setting<String> setting(String name) {
        return new Setting<>(name, ValueTypes.text(), "x", "Nothing.", List.of());
    }

    private static Stream<String> variables(Setting<?> setting) {
        return Stream.concat(
                Stream.of(setting.variable()), setting.aliases().stream().map(Alias::variable));
    }

    private static <T> void assertRoundTrip(Setting<T> setting, String text) {
        T value = setting.type().parse(text);
        assertThat(setting.type().print(value)).isEqualTo(text);
        assertThat(value).isNotEqualTo(setting.defaultValue());
    }

    private static <T> void assertDefaultRoundTrip(Setting<T> setting) {
        String text = setting.type().print(setting.defaultValue());
        assertThat(setting.type().parse(text)).isEqualTo(setting.defaultValue());
    }
}
