package dev.orchestrator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.health.CheckResult.Verdict;
import dev.orchestrator.json.Json;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", ""));
    private Home home;

    @BeforeEach
    void home(@TempDir Path root) {
        home = new Home(root);
    }

    @Test
    void every_finding_that_is_not_ok_says_how_to_mend_it() throws Exception {
        Files.writeString(home.settings(), "workers: 0\n");
        Files.createDirectory(home.logs());
        Files.writeString(home.daemonInfo(), "{}");

        for (Check check : checks()) {
            CheckResult result = check.body().run();
            assertThat(result.remedy() == null).as(check.name()).isEqualTo(result.verdict() == Verdict.OK);
        }
    }

    @Test
    void a_program_of_an_agent_that_is_not_there_is_named() throws Exception {
        assertThat(run("programs").verdict()).isEqualTo(Verdict.OK);

        Files.writeString(home.settings(), "agents: {mine: {command: [no-such-program, -]}}\n");
        assertThat(run("programs").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run("programs").detail()).isEqualTo("not there: `no-such-program` of the agent mine");
    }

    @Test
    void a_java_that_is_too_old_has_failed() {
        assertThat(Checks.java(Runtime.Version.parse("11.0.2")).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Checks.java(Runtime.Version.parse("17")).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void the_users_own_templates_are_looked_at() throws Exception {
        assertThat(run("templates").verdict()).isEqualTo(Verdict.OK);
        Files.createDirectory(home.templates());
        Files.writeString(home.templates().resolve("mine.md"), "---\nread_only: true\n---\nText\n");
        assertThat(run("templates").detail()).contains("1 of your own");
        Files.writeString(home.templates().resolve("README.md"), "About them");
        assertThat(run("templates").verdict()).isEqualTo(Verdict.WARN);
        assertThat(run("templates").detail()).contains("templates/README.md");

        Files.writeString(home.templates().resolve("mine.md"), "---\nread_only: true\ntoolz: x\n---\nText\n");
        Files.writeString(home.templates().resolve("custom.md"), "Text\n");

        CheckResult result = run("templates");
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.detail()).contains("templates/custom.md is not valid", "templates/mine.md", "(line 3)");
        assertThat(result.remedy())
                .contains("templates/mine.md: Did you mean 'tools'?", "templates/custom.md: Put keys");
        assertThat(result.detail().lines()).hasSize(2);
        assertThat(result.remedy().lines()).hasSize(2);
    }

    @Test
    void a_home_that_can_be_written_is_left_as_it_was() throws Exception {
        Files.createDirectory(home.tasks());

        assertThat(run("directory").verdict()).isEqualTo(Verdict.OK);

        try (Stream<Path> left = Files.walk(home.root())) {
            assertThat(left).containsExactlyInAnyOrder(home.root(), home.tasks());
        }
    }

    @Test
    void what_an_earlier_doctor_left_does_no_harm_and_goes_when_it_is_old() throws Exception {
        Path young = Files.createFile(home.root().resolve(".doctor1.tmp"));
        Path old = Files.createFile(home.root().resolve(".doctor2.tmp"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        Files.createDirectories(home.root().resolve(".doctor3.tmp/mine"));

        assertThat(run("directory").verdict()).isEqualTo(Verdict.OK);

        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void a_home_that_is_not_there_yet_is_worth_a_look() throws Exception {
        home = new Home(home.root().resolve("new"));

        assertThat(run("directory").verdict()).isEqualTo(Verdict.WARN);
        assertThat(run("directory").remedy()).isEqualTo("mkdir \"" + home.root() + "\"");
        assertThat(run("disk").verdict()).isNotNull();
    }

    @Test
    void a_file_where_a_directory_should_be_has_failed() throws Exception {
        Files.writeString(home.tasks(), "not a directory");

        assertThat(run("directory").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run("directory").detail()).contains("tasks is not a directory");
    }

    @Test
    void a_running_daemon_is_fine() throws Exception {
        Files.createDirectory(home.logs());
        DaemonInfo.ofThisProcess(Instant.parse("2026-11-22T14:25:01.000Z"), "1").write(home.daemonInfo());

        assertThat(run("daemon").verdict()).isEqualTo(Verdict.OK);
        assertThat(run("daemon").detail())
                .startsWith("running as process " + ProcessHandle.current().pid());
    }

    @Test
    void what_a_dead_daemon_left_is_worth_a_look() throws Exception {
        Files.createDirectory(home.logs());
        DaemonInfo dead = new DaemonInfo("1.0", ProcessHandle.current().pid(), Instant.EPOCH, Instant.EPOCH, "1", null);
        dead.write(home.daemonInfo());

        assertThat(run("daemon").verdict()).isEqualTo(Verdict.WARN);
        assertThat(run("daemon").remedy()).endsWith(" run");
    }

    @Test
    void a_daemon_of_root_is_worth_a_look() throws Exception {
        assertThat(UserChecks.user(true).verdict()).isEqualTo(Verdict.WARN);
        assertThat(UserChecks.user(true).detail()).startsWith("root: ");
        assertThat(UserChecks.user(false).verdict()).isEqualTo(Verdict.OK);
        boolean root = System.getProperty("user.name").equals("root");
        assertThat(run("user").verdict()).isEqualTo(root ? Verdict.WARN : Verdict.OK);
    }

    @Test
    void no_daemon_is_fine() throws Exception {
        assertThat(run("daemon")).isEqualTo(CheckResult.ok("not running"));
    }

    @Test
    void a_disk_that_runs_full_warns_first_and_fails_then() {
        HomeChecks checks = new HomeChecks(home, TimeSource.system());

        assertThat(checks.disk(1L << 30).verdict()).isEqualTo(Verdict.OK);
        assertThat(checks.disk((1L << 30) - 1).verdict()).isEqualTo(Verdict.WARN);
        assertThat(checks.disk(100L << 20).verdict()).isEqualTo(Verdict.WARN);
        assertThat(checks.disk((100L << 20) - 1).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void an_event_from_the_future_means_that_the_clock_was_set_back() throws Exception {
        assertThat(run("clock").verdict()).isEqualTo(Verdict.OK);

        journal(Instant.now().minus(Duration.ofHours(1)));
        assertThat(run("clock").verdict()).isEqualTo(Verdict.OK);

        journal(Instant.now().plus(Duration.ofHours(1)));
        assertThat(run("clock").verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void all_problems_of_the_settings_are_named_with_their_places() throws Exception {
        Files.writeString(home.settings(), "workers: 0\n");
        environment.put("ORCHESTRATOR_RETRIES", "many");

        CheckResult result = run("values");

        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.detail()).contains("orchestrator.yaml line 1", "ORCHESTRATOR_RETRIES");
    }

    @Test
    void settings_that_are_not_valid_leave_unasked_what_needs_them() throws Exception {
        Files.writeString(home.settings(), "workers: 0\n");

        for (String name : List.of("roots", "paths", "program", "login")) {
            assertThat(run(name).verdict()).isEqualTo(Verdict.WARN);
            assertThat(run(name).detail()).isEqualTo("not asked, because the settings are not valid");
        }
    }

    @Test
    @Timeout(60)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such files")
    void a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for() throws Exception {
        Process pipe = new ProcessBuilder("mkfifo", home.settings().toString()).start();
        assertThat(pipe.waitFor()).isZero();

        List<Doctor.Finding> findings =
                new Doctor(checks(), Duration.ofSeconds(30), Thread::new, TimeSource.system()).examine();

        assertThat(findings)
                .filteredOn(finding -> finding.check().group().equals("settings"))
                .anySatisfy(finding -> assertThat(finding.result().detail()).contains("is not a file"));
        assertThat(findings).noneMatch(finding -> finding.result().detail().startsWith("no answer within"));
    }

    @Test
    void a_root_that_is_not_there_has_failed() throws Exception {
        environment.put("ORCHESTRATOR_CLAUDE_ALLOWED_ROOTS", "here,gone");
        Files.createDirectory(home.root().resolve("here"));

        assertThat(run("roots").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run("roots").detail()).isEqualTo("not there: " + home.root().resolve("gone"));
        assertThat(run("roots").remedy()).startsWith("mkdir -p \"" + home.root().resolve("gone") + "\"");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such names")
    void a_directory_that_no_rule_can_name_has_failed() throws Exception {
        Path odd = Files.createDirectory(home.root().resolve("what?"));
        environment.put("ORCHESTRATOR_CLAUDE_BASE_DIR", odd.toString());

        assertThat(run("paths").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run("paths").detail()).contains("question mark");
    }

    @Test
    void a_missing_program_fails_once_and_leaves_the_rest_unasked() throws Exception {
        assertThat(run("program").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(run("program").remedy()).startsWith("npm install -g @anthropic-ai/claude-code");
        assertThat(claude("version").verdict()).isEqualTo(Verdict.WARN);
        assertThat(claude("login").verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a shell script")
    void an_old_version_and_a_missing_login_fail_with_the_command_that_mends_them() throws Exception {
        program("[ \"$1\" = --version ] && echo '2.1.213 (Claude Code)' || echo '{\"loggedIn\": false}'");

        assertThat(claude("version"))
                .isEqualTo(CheckResult.fail(
                        "2.1.213 is older than 2.1.214",
                        "claude update, or npm install -g @anthropic-ai/claude-code."));
        assertThat(claude("login").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(claude("login").remedy()).startsWith("claude auth login");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a shell script")
    void a_login_is_not_called_verified() throws Exception {
        program("echo '{\"loggedIn\": true, \"authMethod\": \"api_key\"}'");

        assertThat(claude("login")).isEqualTo(CheckResult.ok("by api_key (not verified against the API)"));
    }

    private List<Check> checks() {
        return Checks.of(home, environment, TimeSource.system());
    }

    private CheckResult run(String name) throws Exception {
        return checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .body()
                .run();
    }

    private CheckResult claude(String name) throws Exception {
        return checks().stream()
                .filter(check -> check.group().equals("claude") && check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .body()
                .run();
    }

    private void program(String script) throws IOException {
        Path program = home.root().resolve("claude");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("ORCHESTRATOR_CLAUDE_COMMAND", program.toString());
    }

    private void journal(Instant last) throws IOException {
        String ts = Json.full().writeValueAsString(TimeSource.toMillis(last));
        Files.createDirectories(home.logs());
        Files.writeString(
                home.journal(),
                "{\"seq\":1,\"ts\":" + ts
                        + ",\"event\":\"segment_opened\",\"schema_version\":\"1.0\",\"segment\":1}\n");
    }
}
