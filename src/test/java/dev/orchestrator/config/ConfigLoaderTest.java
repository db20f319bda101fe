package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.ConfigOutcome.Invalid;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.sandbox.SandboxMode;
import dev.orchestrator.mediator.ollama.OllamaAddress;
import dev.orchestrator.task.Notice;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class ConfigLoaderTest {
    @TempDir
    Path dir;

    @Test
    void an_empty_home_gives_the_defaults() {
        Path root = dir.toAbsolutePath().normalize();
        assertThat(new TestHome(dir).config())
                .isEqualTo(new Config(
                        "claude",
                        Map.of(),
                        new ClaudeConfig(
                                "claude",
                                root,
                                List.of(root),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofHours(2),
                                Duration.ofMinutes(15),
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10)),
                        new GuardConfig(
                                List.of(),
                                List.of(),
                                OnViolation.RECORD,
                                false,
                                Duration.ofDays(7),
                                2L << 30,
                                SandboxMode.AUTO,
                                List.of(),
                                List.of()),
                        new IntakeConfig(Duration.ofMillis(250), Duration.ofSeconds(5), 1024 * 1024, 10_000),
                        new JournalConfig(16 * 1024 * 1024),
                        new LimitsConfig(
                                LimitsConfig.Resume.AUTO,
                                Duration.ofHours(12),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new AcceptanceConfig(Duration.ofMinutes(10), 3),
                        new OllamaConfig(
                                OllamaAddress.parse("127.0.0.1:11434"),
                                Optional.empty(),
                                8192,
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(3),
                                1,
                                false,
                                true,
                                true,
                                6,
                                30),
                        new DiskConfig(100 * 1024 * 1024),
                        new RetentionConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        new ShutdownConfig(ShutdownConfig.Mode.LEAVE, Duration.ofSeconds(30)),
                        3,
                        2,
                        3_000,
                        2,
                        new NoticesConfig(List.of(Notice.Kind.values()), Optional.empty(), Optional.empty(), List.of()),
                        new TelegramConfig(Optional.empty(), List.of(), "https://api.telegram.org", false),
                        new LogConfig(Level.INFO)));
    }

    @Test
    void a_home_that_does_not_exist_gives_the_defaults_too() {
        assertThat(new TestHome(dir.resolve("nowhere")).config().workers()).isEqualTo(3);
    }

    @Test
    void every_default_is_said_to_be_one() {
        assertThat(new TestHome(dir).loaded().provenance())
                .hasSize((int) SettingsTest.settings().count())
                .allSatisfy(provenance -> assertThat(provenance.source()).isEqualTo("default"))
                .contains(new Provenance("claude.idle_timeout", "15m", "default"));
    }

    @Test
    void the_stronger_layer_wins() {
        TestHome home = new TestHome(dir);
        assertThat(home.config().workers()).isEqualTo(3);

        home.yaml("retries: 1\nworkers: 4\n");
        assertThat(home.config().workers()).isEqualTo(4);
        assertThat(home.sourceOf("workers")).isEqualTo("orchestrator.yaml line 2");

        home.dotenv("# mine\n\nORCHESTRATOR_WORKERS=5\n");
        assertThat(home.config().workers()).isEqualTo(5);
        assertThat(home.sourceOf("workers")).isEqualTo(".env line 3");

        home.env("ORCHESTRATOR_WORKERS", "6");
        assertThat(home.config().workers()).isEqualTo(6);
        assertThat(home.sourceOf("workers")).isEqualTo("environment ORCHESTRATOR_WORKERS");

        home.flag("workers", "7");
        assertThat(home.config().workers()).isEqualTo(7);
        assertThat(home.sourceOf("workers")).isEqualTo("--workers");
        assertThat(home.sourceOf("retries")).isEqualTo("orchestrator.yaml line 1");
    }

    @Test
    void the_names_of_others_work() {
        ClaudeConfig claude = new TestHome(dir)
                .env("CLAUDE_TIMEOUT_SEC", "300")
                .env("CLAUDE_MAX_TURNS", "12")
                .env("CLAUDE_BASE_CWD", "code")
                .env("CLAUDE_ALLOWED_ROOT", "/srv")
                .config()
                .claude();

        assertThat(claude.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(claude.maxTurns()).contains(12);
        assertThat(claude.baseDir()).isEqualTo(dir.resolve("code"));
        assertThat(claude.allowedRoots()).containsExactly(Path.of("/srv").toAbsolutePath());
        assertThat(new TestHome(dir).env("MAX_CONCURRENT_TASKS", "9").config().workers())
                .isEqualTo(9);
    }

    @Test
    void zero_turns_of_the_predecessor_are_no_limit() {
        TestHome home = new TestHome(dir).yaml("claude.max_turns: 5").env("CLAUDE_MAX_TURNS", "0");
        assertThat(home.config().claude().maxTurns()).isEmpty();
        assertThat(new TestHome(dir).flag("claude.max_turns", "0").problems())
                .containsExactly("--set: claude.max_turns \"0\" is below 1, the smallest allowed value."
                        + " Use a whole number from 1 to 100000.");
    }

    @Test
    void our_own_variable_counts_more_than_that_of_others_in_the_same_layer_only() {
        TestHome home = new TestHome(dir)
                .dotenv("CLAUDE_TIMEOUT_SEC=10\nORCHESTRATOR_CLAUDE_TIMEOUT=20s\nCLAUDE_TIMEOUT_SEC=30\n");
        assertThat(home.config().claude().timeout()).isEqualTo(Duration.ofSeconds(20));

        home.env("CLAUDE_TIMEOUT_SEC", "40");
        assertThat(home.config().claude().timeout()).isEqualTo(Duration.ofSeconds(40));
        assertThat(home.sourceOf("claude.timeout")).isEqualTo("environment CLAUDE_TIMEOUT_SEC");
    }

    @Test
    void a_bad_value_under_the_name_of_others_is_shown_as_it_was_written() {
        assertThat(new TestHome(dir).env("CLAUDE_TIMEOUT_SEC", "0").problems())
                .containsExactly("environment CLAUDE_TIMEOUT_SEC: claude.timeout \"0\" is below 1ms, the smallest"
                        + " allowed value. Use a duration such as 250ms, 90s, 5m, 2h or 1d.");
    }

    @Test
    void all_problems_are_reported_at_once_each_with_its_source() {
        TestHome home = new TestHome(dir)
                .flag("workers", "99")
                .env("ORCHESTRATOR_CLAUDE_TIMEOUT", "30")
                .dotenv("ORCHESTRATOR_LOG_LEVEL=loud\n")
                .yaml("claude:\n  timout: 5m\n  max_turns: many\n  idle_timeout: 1m\nretries: -1\nworkers: 98\n");

        assertThat(home.problems())
                .containsExactlyInAnyOrder(
                        "--workers: workers \"99\" is above 64, the largest allowed value."
                                + " Use a whole number from 1 to 64.",
                        "environment ORCHESTRATOR_CLAUDE_TIMEOUT: claude.timeout \"30\" is a number without a unit."
                                + " Use a duration such as 250ms, 90s, 5m, 2h or 1d.",
                        ".env line 1: log.level \"loud\" is not a log level."
                                + " Use one of error, warn, info, debug, trace.",
                        "orchestrator.yaml line 2: claude.timout is not a setting. Did you mean claude.timeout?",
                        "orchestrator.yaml line 3: claude.max_turns \"many\" is not a whole number of at most nine"
                                + " digits. Use a whole number from 1 to 100000.",
                        "orchestrator.yaml line 5: retries \"-1\" is below 0, the smallest allowed value."
                                + " Use a whole number from 0 to 10.");
    }

    @Test
    void a_problem_has_parts_for_programs() {
        ConfigOutcome outcome = new TestHome(dir).flag("workers", "x").load();
        assertThat(outcome)
                .isEqualTo(new Invalid(List.of(new Problem(
                        Optional.of("workers"),
                        Optional.of("x"),
                        "--workers",
                        "is not a whole number of at most nine digits",
                        "Use a whole number from 1 to 64."))));
    }

    @Test
    void a_bad_value_that_a_stronger_layer_replaces_does_no_harm() {
        assertThat(new TestHome(dir)
                        .yaml("workers: 99")
                        .flag("workers", "2")
                        .config()
                        .workers())
                .isEqualTo(2);
    }

    @Test
    void an_unknown_name_behind_set_is_a_problem_as_it_is_in_a_file() {
        assertThat(new TestHome(dir).flag("worker", "3").problems())
                .containsExactly("--set: worker is not a setting. Did you mean workers?");
        assertThat(new TestHome(dir).flag("quux", "3").problems())
                .containsExactly("--set: quux is not a setting. Remove it; `config` lists every setting.");
    }

    @Test
    void an_unknown_variable_with_our_prefix_is_only_mentioned() {
        assertThat(new TestHome(dir)
                        .env("ORCHESTRATOR_QUEUE", "4")
                        .env("ORCHESTRATOR_WORKER", "4")
                        .env("orchestrator_retries", "4")
                        .env("ORCHESTRATOR_HOME", "/x")
                        .env("ORCHESTRATOR_TEST_CACHE", "/y")
                        .env("PATH", "/bin")
                        .dotenv("AWS_SECRET=1\nORCHESTRATOR_SOMETHING_OF_OTHERS=1\n")
                        .loaded()
                        .notes())
                .containsExactly(
                        "environment ORCHESTRATOR_QUEUE is ignored: there is no such setting.",
                        "environment ORCHESTRATOR_WORKER is ignored: there is no such setting."
                                + " Did you mean ORCHESTRATOR_WORKERS?",
                        "environment orchestrator_retries is ignored: there is no such setting."
                                + " Did you mean ORCHESTRATOR_RETRIES?",
                        ".env line 2 (ORCHESTRATOR_SOMETHING_OF_OTHERS) is ignored: there is no such setting.");
    }

    @Test
    void an_empty_variable_counts_as_not_set() {
        assertThat(new TestHome(dir)
                        .env("ORCHESTRATOR_WORKERS", "")
                        .env("CLAUDE_TIMEOUT_SEC", " ")
                        .dotenv("ORCHESTRATOR_WORKERS=5\n")
                        .config()
                        .workers())
                .isEqualTo(5);
    }

    @Test
    void an_empty_flag_is_an_empty_value() {
        TestHome home = new TestHome(dir).yaml("claude: {model: opus, pass_env: [A]}");
        assertThat(home.config().claude().model()).contains("opus");

        home.flag("claude.model", "").flag("claude.pass_env", "");
        assertThat(home.config().claude().model()).isEmpty();
        assertThat(home.config().claude().passEnv()).isEmpty();
        assertThat(home.flag("workers", "").problems())
                .singleElement()
                .asString()
                .startsWith("--workers: workers \"\" is not");
    }

    @Test
    void paths_come_out_absolute_and_normalised() {
        ClaudeConfig claude = new TestHome(dir)
                .flag("claude.base_dir", "code/../src/.")
                .flag("claude.allowed_roots", "src,./src,/srv/../opt")
                .flag("claude.config_dir", "agent")
                .config()
                .claude();

        assertThat(claude.baseDir()).isEqualTo(dir.resolve("src"));
        assertThat(claude.allowedRoots())
                .containsExactly(dir.resolve("src"), Path.of("/opt").toAbsolutePath());
        assertThat(claude.configDir()).contains(dir.resolve("agent"));
    }

    @Test
    void without_roots_the_base_directory_is_the_only_one() {
        assertThat(new TestHome(dir)
                        .flag("claude.base_dir", "code")
                        .config()
                        .claude()
                        .allowedRoots())
                .containsExactly(dir.resolve("code"));
    }

    @Test
    void the_path_of_another_system_is_only_an_odd_name() {
        TestHome home = new TestHome(dir)
                .env("ORCHESTRATOR_CLAUDE_COMMAND", "C:\\Program Files\\claude.cmd")
                .dotenv("ORCHESTRATOR_CLAUDE_BASE_DIR=C:\\Users\\new\\u12\n")
                .yaml("claude.allowed_roots: ['D:\\a', E:\\b]\n");

        assertThat(home.config().claude().command()).isEqualTo("C:\\Program Files\\claude.cmd");
        assertThat(home.config().claude().baseDir().toString()).endsWith("C:\\Users\\new\\u12");
        assertThat(home.config().claude().allowedRoots()).hasSize(2);
    }

    @Test
    void money_keeps_its_digits() {
        assertThat(new TestHome(dir)
                        .yaml("claude.max_budget_usd: 2.50")
                        .config()
                        .claude()
                        .maxBudgetUsd())
                .contains(new BigDecimal("2.50"));
    }

    @Test
    void nothing_is_expanded() {
        TestHome home = new TestHome(dir).env("HOME", "/root").env("ORCHESTRATOR_CLAUDE_MODEL", "${HOME}-%x");
        assertThat(home.config().claude().model()).contains("${HOME}-%x");
    }

    @Test
    void a_value_is_shown_short_and_without_control_characters() {
        assertThat(new TestHome(dir)
                        .flag("workers", "\u001b[2J" + "9".repeat(500))
                        .problems())
                .singleElement()
                .asString()
                .contains("\"?[2J999")
                .hasSizeLessThan(300);
    }
}
