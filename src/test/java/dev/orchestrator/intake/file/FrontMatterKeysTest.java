package dev.orchestrator.intake.file;

import static dev.orchestrator.intake.file.Reading.rejected;
import static dev.orchestrator.intake.file.Reading.understood;
import static dev.orchestrator.intake.file.Reading.withKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key of a task file: what it may hold, and what is said when it holds something else. */
class FrontMatterKeysTest {
    private static final String KEYS = "id, type, priority, cwd, after, timeout, idle_timeout, max_turns,"
            + " max_budget_usd, model, expected_files, allowed_tools, retries, labels, guarded, acceptance,"
            + " acceptance_timeout, acceptance_rounds, parent_task_id, output_schema, agent, coordinator";

    static Stream<Arguments> accepted() {
        return Stream.of(
                accepted("type: Bug_Fix", TaskSpec::type, "bug_fix"),
                accepted("type: fix", TaskSpec::type, "bug_fix"),
                accepted("type: Team-Style", TaskSpec::type, "Team-Style"),
                accepted("agent: Codex", TaskSpec::agent, "codex"),
                accepted("priority: LOW", TaskSpec::priority, Priority.LOW),
                accepted("cwd: 'services/my app'", TaskSpec::cwd, "services/my app"),
                accepted("cwd: ../../etc", TaskSpec::cwd, "../../etc"),
                accepted("cwd: 2024", TaskSpec::cwd, "2024"),
                accepted("after: a", TaskSpec::after, List.of(new TaskId("a"))),
                accepted("after: a, B ,c", TaskSpec::after, ids("a", "b", "c")),
                accepted("after: [a, 1.10, a]", TaskSpec::after, ids("a", "1.10")),
                accepted("after: []", TaskSpec::after, List.of()),
                accepted("timeout: 90s", TaskSpec::timeout, Duration.ofSeconds(90)),
                accepted("timeout: 2H", TaskSpec::timeout, Duration.ofHours(2)),
                accepted("timeout: 7d", TaskSpec::timeout, Duration.ofDays(7)),
                accepted("timeout_sec: 300", TaskSpec::timeout, Duration.ofMinutes(5)),
                accepted("idle_timeout: 5m", TaskSpec::idleTimeout, Duration.ofMinutes(5)),
                accepted("max_turns: 1", TaskSpec::maxTurns, 1),
                accepted("max_turns: 1000", TaskSpec::maxTurns, 1000),
                accepted("max_budget_usd: 0.05", TaskSpec::maxBudgetUsd, new BigDecimal("0.05")),
                accepted("max_budget_usd: 10000", TaskSpec::maxBudgetUsd, new BigDecimal("10000")),
                accepted(
                        "model: us.anthropic.claude-opus-4-1-v1:0",
                        TaskSpec::model,
                        "us.anthropic.claude-opus-4-1-v1:0"),
                accepted(
                        "expected_files: ['**/*.{md,txt}', a..b/c]",
                        TaskSpec::expectedFiles,
                        List.of("**/*.{md,txt}", "a..b/c")),
                accepted("retries: 0", TaskSpec::retries, 0),
                accepted("retries: 10", TaskSpec::retries, 10),
                accepted("labels: auth, slow, auth", TaskSpec::labels, List.of("auth", "slow")),
                accepted("labels: yes", TaskSpec::labels, List.of("yes")),
                accepted("guarded: false", TaskSpec::isGuarded, false),
                accepted("guarded: No", TaskSpec::isGuarded, false),
                accepted("guarded: true", TaskSpec::isGuarded, true),
                accepted("guarded: 'YES'", TaskSpec::isGuarded, true),
                accepted("retries: 1", TaskSpec::isGuarded, false),
                accepted("created: 2025-13-45", TaskSpec::type, null),
                accepted("created:", TaskSpec::type, null));
    }

    private static <T> Arguments accepted(String line, Function<TaskSpec, T> component, T expected) {
        return arguments(line, component, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void what_is_accepted(String line, Function<TaskSpec, Object> component, Object expected) {
        assertThat(component.apply(understood(withKeys(line)).spec())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "id: Fix-Login, fix-login",
        "id: 007, 007",
        "id: 1_000, 1_000",
        "id: 1e3, 1e3",
        "id: 1.50, 1.50",
        "id: yes, yes",
        "id: 2026-11-22, 2026-11-22",
        "id: 0x1F, 0x1f",
        "id: \"null\", null"
    })
    void an_id_is_its_text_whatever_yaml_takes_it_for(String line, String id) {
        assertThat(understood(withKeys(line)).id()).isEqualTo(new TaskId(id));
    }

    static Stream<Arguments> refused() {
        String shape = "may hold only letters, digits, '.', '_' and '-', and must start with a letter or digit";
        String types = "The types are Team-Style, analyze, bug_fix, code_review, summarize.";
        String duration = "Write a whole number and a unit: 90s, 45m, 2h or 1d.";
        String list = "[...]', or one entry a line, each after '- '.";
        return Stream.of(
                arguments("id: ../../escaped", "id: '../../escaped' " + shape, "Use an id such as 'escaped'."),
                arguments("id: /etc/passwd", "id: '/etc/passwd' " + shape, "Use an id such as 'etc-passwd'."),
                arguments("id: a/b/c", "id: 'a/b/c' " + shape, "Use an id such as 'a-b-c'."),
                arguments("id: 12:30", "id: '12:30' " + shape, "Use an id such as '12-30'."),
                arguments("id: '???'", "id: '???' " + shape, "Use an id such as 'fix-login'."),
                arguments(
                        "id: CON", "id: 'CON' is a reserved device name on Windows", "Use an id such as 'fix-login'."),
                arguments(
                        "id: index",
                        "id: 'index' is reserved for the orchestrator's own files",
                        "Use an id such as 'fix-login'."),
                arguments(
                        "id: " + "a".repeat(300),
                        "id: '" + "a".repeat(79) + "…' is 300 characters long; at most 80 are allowed",
                        "Use an id such as '" + "a".repeat(40) + "'."),
                arguments("id:", "id: has no value", "Write a value after 'id:', or remove the key."),
                arguments("id: ''", "id: has no value", "Write a value after 'id:', or remove the key."),
                arguments(
                        "id: [a]",
                        "id: holds a list or keys of its own instead of one value",
                        "Write one value after 'id:'."),
                arguments(
                        "id: {a: b}",
                        "id: holds a list or keys of its own instead of one value",
                        "Write one value after 'id:'."),
                arguments(
                        "id: \"a\\0b\"",
                        "id: 'a\\u0000b' holds a line break or an invisible character",
                        "Write the value as plain text in one line."),
                arguments("type: bugfix", "type: 'bugfix' is not a known type", "Did you mean 'bug_fix'? " + types),
                arguments("type: poem", "type: 'poem' is not a known type", types),
                arguments("priority: urgent", "priority: 'urgent' is not a priority", "Write high, medium or low."),
                arguments("cwd: ' '", "cwd: has no value", "Write a value after 'cwd:', or remove the key."),
                arguments(
                        "cwd: \"a\\eb\"",
                        "cwd: 'a\\u001bb' holds a line break or an invisible character",
                        "Write the value as plain text in one line."),
                arguments(
                        "cwd: \"a\\ud800b\"",
                        "cwd: 'a\\ud800b' holds a line break or an invisible character",
                        "Write the value as plain text in one line."),
                arguments(
                        "cwd: " + "a".repeat(1025),
                        "cwd: '" + "a".repeat(79) + "…' is longer than 1024 characters",
                        "Use a shorter path."),
                arguments("after: [a, 'b c']", "after: 'b c' " + shape, "Use an id such as 'b-c'."),
                arguments("after: [a, '']", "after: has no value", "Write a value after 'after:', or remove the key."),
                arguments(
                        "after: {a: b}",
                        "after: holds a list or keys of its own instead of one value",
                        "Write one value after 'after:'."),
                arguments(
                        "after: [[a]]",
                        "after: has an entry that is a list or has keys of its own",
                        "Make each entry one text; put it in quotes if it holds ': ', '[' or '{'."),
                arguments("timeout: 45", "timeout: '45' has no unit", "Add one: '45s', '45m' or '45h'."),
                arguments(
                        "timeout: 0s",
                        "timeout: '0s' is not between 1 second and 7 days",
                        "Write a duration from 1s to 7d."),
                arguments(
                        "timeout: 8d",
                        "timeout: '8d' is not between 1 second and 7 days",
                        "Write a duration from 1s to 7d."),
                arguments(
                        "timeout: 999999999d",
                        "timeout: '999999999d' is not between 1 second and 7 days",
                        "Write a duration from 1s to 7d."),
                arguments("timeout: -5m", "timeout: '-5m' is not a duration", duration),
                arguments("timeout: 1h30m", "timeout: '1h30m' is not a duration", duration),
                arguments("timeout: 1:30", "timeout: '1:30' is not a duration", duration),
                arguments("timeout: 500ms", "timeout: '500ms' is not a duration", duration),
                arguments(
                        "timeout: 9999999999999999999s", "timeout: '9999999999999999999s' is not a duration", duration),
                arguments("timeout: ٤٥m", "timeout: '٤٥m' is not a duration", duration),
                arguments("idle_timeout: soon", "idle_timeout: 'soon' is not a duration", duration),
                arguments(
                        "timeout_sec: 5m",
                        "timeout_sec: '5m' is not a whole number of seconds",
                        "Write 'timeout: 45m' instead."),
                arguments(
                        "timeout_sec: 0",
                        "timeout_sec: '0' is not between 1 second and 7 days",
                        "Write a duration from 1s to 7d."),
                arguments(
                        "max_turns: 0",
                        "max_turns: '0' is not a whole number from 1 to 1000",
                        "Write a whole number from 1 to 1000."),
                arguments(
                        "max_turns: 1001",
                        "max_turns: '1001' is not a whole number from 1 to 1000",
                        "Write a whole number from 1 to 1000."),
                arguments(
                        "max_turns: 1_0",
                        "max_turns: '1_0' is not a whole number from 1 to 1000",
                        "Write a whole number from 1 to 1000."),
                arguments(
                        "max_turns: 99999999999",
                        "max_turns: '99999999999' is not a whole number from 1 to 1000",
                        "Write a whole number from 1 to 1000."),
                arguments(
                        "max_budget_usd: 0",
                        "max_budget_usd: '0' is not an amount above 0 and at most 10000",
                        "Write a decimal number such as 2.50."),
                arguments(
                        "max_budget_usd: 10000.01",
                        "max_budget_usd: '10000.01' is not an amount above 0 and at most 10000",
                        "Write a decimal number such as 2.50."),
                arguments(
                        "max_budget_usd: $5",
                        "max_budget_usd: '$5' is not an amount above 0 and at most 10000",
                        "Write a decimal number such as 2.50."),
                arguments(
                        "max_budget_usd: 1e3",
                        "max_budget_usd: '1e3' is not an amount above 0 and at most 10000",
                        "Write a decimal number such as 2.50."),
                arguments(
                        "max_budget_usd: .inf",
                        "max_budget_usd: '.inf' is not an amount above 0 and at most 10000",
                        "Write a decimal number such as 2.50."),
                arguments(
                        "model: my model",
                        "model: 'my model' is not the name of a model",
                        "Use at most 100 letters, digits and . _ : / [ ] - as in 'sonnet'."),
                arguments(
                        "model: --dangerously-skip-permissions",
                        "model: '--dangerously-skip-permissions' is not the name of a model",
                        "Use at most 100 letters, digits and . _ : / [ ] - as in 'sonnet'."),
                arguments(
                        "expected_files: a.txt",
                        "expected_files: 'a.txt' is not a list",
                        "Write 'expected_files: " + list),
                arguments(
                        "expected_files: [/etc/passwd]",
                        "expected_files: '/etc/passwd' is not relative",
                        "Name the file relative to the working directory."),
                arguments(
                        "expected_files: ['C:/a']",
                        "expected_files: 'C:/a' is not relative",
                        "Name the file relative to the working directory."),
                arguments(
                        "expected_files: [~/a]",
                        "expected_files: '~/a' is not relative",
                        "Name the file relative to the working directory."),
                arguments(
                        "expected_files: ['{a,/b}']",
                        "expected_files: '{a,/b}' is not relative",
                        "Name the file relative to the working directory."),
                arguments(
                        "expected_files: [a/../../b]",
                        "expected_files: 'a/../../b' leads out of the working directory",
                        "Remove the '..'."),
                arguments(
                        "expected_files: ['{..,a}/b']",
                        "expected_files: '{..,a}/b' leads out of the working directory",
                        "Remove the '..'."),
                arguments(
                        "expected_files: ['a\\b']",
                        "expected_files: 'a\\b' holds a backslash",
                        "Separate directories with '/'."),
                arguments(
                        "expected_files: ['a[']",
                        "expected_files: 'a[' is not a glob: Missing ']",
                        "Close every '[' and '{'."),
                arguments(
                        "allowed_tools: Bash(mvn *)",
                        "allowed_tools: 'Bash(mvn *)' is not a list",
                        "Write 'allowed_tools: " + list),
                arguments(
                        "retries: 11",
                        "retries: '11' is not a whole number from 0 to 10",
                        "Write a whole number from 0 to 10."),
                arguments(
                        "retries: -1",
                        "retries: '-1' is not a whole number from 0 to 10",
                        "Write a whole number from 0 to 10."),
                arguments(
                        "labels: [" + "a".repeat(201) + "]",
                        "labels: '" + "a".repeat(79) + "…' is 201 characters long; at most 200 are accepted",
                        "Shorten the entry."),
                arguments(
                        "labels: [a: b]",
                        "labels: has an entry that is a list or has keys of its own",
                        "Make each entry one text; put it in quotes if it holds ': ', '[' or '{'."),
                arguments("acceptance: mvn test", "acceptance: 'mvn test' is not a list", "Write 'acceptance: " + list),
                arguments(
                        "acceptance: []",
                        "acceptance: there is no command to run",
                        "Write at least one, as in 'acceptance: [mvn -q test]', or remove the key."),
                arguments(
                        "acceptance_rounds: 2",
                        "acceptance_rounds: there is no command to run",
                        "Write at least one, as in 'acceptance: [mvn -q test]', or remove the key."),
                arguments("guarded: maybe", "guarded: 'maybe' is neither true nor false", "Write true or false."),
                arguments("guarded:", "guarded: has no value", "Write a value after 'guarded:', or remove the key."),
                arguments("modell: x", "'modell' is not a known key", "Did you mean 'model'?"),
                arguments("idle-timeout: 5m", "'idle-timeout' is not a known key", "Did you mean 'idle_timeout'?"),
                arguments("Priority: high", "'Priority' is not a known key", "Did you mean 'priority'?"),
                arguments("gaurded: true", "'gaurded' is not a known key", "Did you mean 'guarded'?"),
                arguments("banana: x", "'banana' is not a known key", "Remove it; the keys are " + KEYS + "."),
                arguments("\"\\e[2J\": x", "'\\u001b[2J' is not a known key", "Remove it; the keys are " + KEYS + "."),
                arguments("<<: {guarded: true}", "'<<' is not a known key", "Remove it; the keys are " + KEYS + "."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void what_is_refused_and_how(String line, String reason, String remedy) {
        assertThat(rejected(withKeys("# first", line, "# last"))).isEqualTo(new Rejection(reason, 3, remedy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trust_project_config: true", "trust_project_config: false"})
    void a_task_has_no_say_in_whom_its_user_trusts(String line) {
        Rejection rejection = rejected(withKeys("cwd: a", line));

        assertThat(rejection.reason()).contains("whether the settings of its repository count");
        assertThat(rejection.remedy()).contains("`trust DIR`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bash(mvn *)",
                "Bash(mvn)",
                "Bash(npm run test:*)",
                "Bash(./gradlew build)",
                "WebSearch",
                "mcp__db",
                "mcp__my-db_2__*",
                "mcp__db__get_row",
                "mcp__db__get__row",
                "WebFetch(domain:docs.example.org)",
                "WebFetch(domain:localhost)",
                "WebFetch(domain:*.example.org)"
            })
    void a_task_may_add_definite_commands_and_hosts(String rule) {
        assertThat(understood(withKeys("allowed_tools:", "- '" + rule + "'"))
                        .spec()
                        .allowedTools())
                .containsExactly(rule);
    }

    static Stream<Arguments> tooWide() {
        String program = "does not name the program it allows";
        String host = "does not name the host it allows";
        String more = "allows more than a task file may allow";
        String shape = "is not a permission rule";
        return Stream.of(
                arguments("Bash", program),
                arguments("Bash()", program),
                arguments("Bash( )", program),
                arguments("Bash(*)", program),
                arguments("Bash(:*)", program),
                arguments("Bash(* install)", program),
                arguments("Bash(m*)", program),
                arguments("Bash(X=1 *)", program),
                arguments("WebFetch", host),
                arguments("WebFetch(domain:*)", host),
                arguments("WebFetch(domain:*.com)", host),
                arguments("WebFetch(https://example.org)", host),
                arguments("WebFetch(*)", host),
                arguments("WebSearch(x)", "takes no pattern"),
                arguments("Read", more),
                arguments("Write", more),
                arguments("Edit(src/**)", more),
                arguments("mcp__*", more),
                arguments("mcp__", more),
                arguments("mcp__db*", more),
                arguments("mcp__db__", more),
                arguments("mcp__db__get*", more),
                arguments("mcp__db(x)", more),
                arguments("bash(mvn *)", more),
                arguments("*", shape),
                arguments("mvn test", shape),
                arguments("Bash(mvn *),Write(*)", shape),
                arguments("Bash(mvn *", shape),
                arguments("Bash(echo $(id))", shape));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooWide")
    void a_rule_that_takes_more_from_the_guard_is_refused(String rule, String problem) {
        Rejection rejection = rejected(withKeys("allowed_tools:", "- Bash(mvn *)", "- '" + rule + "'"));

        assertThat(rejection.reason()).isEqualTo("allowed_tools: '" + rule + "' " + problem);
        assertThat(rejection.line()).isEqualTo(4);
        assertThat(rejection.remedy())
                .endsWith(
                        "A task may add Bash(<command>) such as Bash(mvn *), WebFetch(domain:<host>), WebSearch, and the MCP"
                                + " tools mcp__<server> or mcp__<server>__<tool>.");
    }

    @Test
    void a_list_has_at_most_100_entries() {
        assertThat(understood(withKeys("labels: [" + numbers(100) + "]")).spec().labels())
                .hasSize(100);
        assertThat(rejected(withKeys("", "labels:", "  [" + numbers(101) + "]")))
                .isEqualTo(new Rejection(
                        "labels: has 101 entries; at most 100 are accepted", 3, "Remove entries, or split the task."));
        assertThat(rejected(withKeys("labels: " + numbers(101))).reason())
                .isEqualTo("labels: has 101 entries; at most 100 are accepted");
    }

    @Test
    void a_bad_entry_is_named_with_its_own_line() {
        assertThat(rejected(withKeys("after:", "  - a", "  - b/c", "  - d")).line())
                .isEqualTo(4);
    }

    @Test
    void a_task_cannot_wait_for_itself() {
        assertThat(rejected(withKeys("after: [a, Fix-Login]", "id: fix-login")))
                .isEqualTo(new Rejection(
                        "after: 'Fix-Login' is the task itself, which would wait forever",
                        2,
                        "Remove the id from 'after'."));
    }

    @Test
    void two_timeouts_are_one_too_many() {
        assertThat(rejected(withKeys("timeout_sec: 300", "timeout: 5m")))
                .isEqualTo(
                        new Rejection("The key 'timeout_sec' is given besides 'timeout'", 2, "Remove 'timeout_sec'."));
    }

    private static List<TaskId> ids(String... ids) {
        return Stream.of(ids).map(TaskId::new).toList();
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }
}
