package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
    @TempDir
    Path dir;

    @Test
    void groups_and_dots_mean_the_same() {
        Config nested = with("claude:\n  timeout: 5m\n  model: opus\nlog: {level: warn}\n")
                .config();
        Config dotted = with("claude.timeout: 5m\nclaude.model: opus\nlog.level: warn\n")
                .config();
        assertThat(nested).isEqualTo(dotted);
        assertThat(nested.claude().model()).contains("opus");
    }

    @Test
    void a_list_may_be_written_as_one_or_with_commas() {
        assertThat(with("claude.pass_env: [A, 'B_*']").config().claude().passEnv())
                .containsExactly("A", "B_*");
        assertThat(with("claude:\n  pass_env:\n    - A\n    - B_*\n")
                        .config()
                        .claude()
                        .passEnv())
                .containsExactly("A", "B_*");
        assertThat(with("claude.pass_env: A, B_*").config().claude().passEnv()).containsExactly("A", "B_*");
        assertThat(with("claude.pass_env: []").config().claude().passEnv()).isEmpty();
    }

    @Test
    void a_name_without_a_value_is_not_set() {
        Config config = with("workers:\nclaude:\nlog:\n  level: ~\n").config();
        assertThat(config).isEqualTo(with("").config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "{}", "---\n...\n"})
    void a_file_without_settings_is_fine(String text) {
        assertThat(with(text).config().workers()).isEqualTo(3);
    }

    @Test
    void a_byte_order_mark_and_line_ends_of_windows_are_fine() {
        TestHome home = with("\uFEFFworkers: 4\r\nclaude:\r\n  timeout: 5m\r\n  max_turns: x\r\n");
        assertThat(home.problems()).singleElement().asString().startsWith("orchestrator.yaml line 4: claude.max_turns");
    }

    @ParameterizedTest
    @CsvSource({
        "'timeout: 5m', 'line 1: timeout is not a setting. Did you mean claude.timeout?'",
        "'cluade: {timeout: 5m}', 'line 1: cluade is not a setting. Did you mean claude?'",
        "'claude: {idleTimeout: 5m}', 'line 1: claude.idleTimeout is not a setting. Did you mean claude.idle_timeout?'",
        "'zebra: 1', 'line 1: zebra is not a setting. Remove it; `config` lists every setting.'",
        "'\"\": 1', 'line 1:  is not a setting. Remove it; `config` lists every setting.'",
        "'<<: {workers: 1}', 'line 1: << is not a setting. Remove it; `config` lists every setting.'",
        "'null: 1', 'line 1: null is not a setting. Remove it; `config` lists every setting.'"
    })
    void an_unknown_name_is_a_problem_with_the_nearest_known_one(String yaml, String problem) {
        assertThat(with(yaml).problems()).containsExactly("orchestrator.yaml " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workers: 1\n\nworkers: 2\n",
                "claude.timeout: 1m\nclaude:\n  timeout: 2m\n",
                "claude:\n  timeout: 1m\n  timeout: 2m\n",
                "claude: {timeout: 1m}\n\nclaude: {model: x}\n"
            })
    void a_name_that_is_there_twice_is_a_problem(String yaml) {
        assertThat(with(yaml).problems())
                .singleElement()
                .asString()
                .matches("orchestrator.yaml line 3: \\S+ is there twice, first in line [12]\\. Remove one of them\\.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workers: !!java.net.URL ['http://127.0.0.1:1']\n",
                "workers: !!javax.script.ScriptEngineManager {}\n",
                "workers: !mine 3\n",
                "workers: !!binary aGVsbG8=\n",
                "claude: !mine {model: x}\n",
                "claude.pass_env: [!mine A]\n",
                "!mine workers: 3\n",
                "!mine {workers: 3}\n"
            })
    void a_tag_is_refused(String yaml) {
        assertThat(with(yaml).problems()).singleElement().asString().startsWith("orchestrator.yaml line 1: ");
    }

    @Test
    void the_problem_of_a_tag_says_so() {
        assertThat(with("workers: !mine 3\n").problems())
                .containsExactly("orchestrator.yaml line 1: workers carries the YAML tag !mine. Remove the tag.");
    }

    @Test
    void an_alias_repeats_a_value() {
        assertThat(with("claude: {timeout: &t 5m, idle_timeout: *t}")
                        .config()
                        .claude()
                        .idleTimeout())
                .hasMinutes(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude: &x {claude: *x}",
                "claude: &x {timeout: *x}",
                "claude.pass_env: &x [*x]",
                "? &x [*x]\n: 1",
                "&x x: &y [*x, *y]"
            })
    void an_alias_inside_its_own_anchor_leads_nowhere(String yaml) {
        assertThat(with(yaml).problems()).isNotEmpty();
    }

    @Test
    void a_thousand_laughs_end_early() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [ha, ha]\n");
        for (int level = 1; level < 40; level++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
        }
        assertThat(with(yaml.toString()).problems()).singleElement().asString().contains("not valid YAML");
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThat(with("workers: " + "[".repeat(100_000)).problems())
                .singleElement()
                .asString()
                .contains("not valid YAML");
    }

    @ParameterizedTest
    @CsvSource({
        "'workers: 1\n\tretries: 2\n', 2",
        "'workers: 1\nretries: [\n', 3",
        "'workers: 1\nretries: 1\n retries: 2\n', 3",
        "'workers: 1\n---\nworkers: 2\n', 2",
        "'workers: 1\nretries: \u0007\n', 2",
        "'workers: 1\nretries: *nobody\n', 2"
    })
    void broken_yaml_is_one_problem_with_its_line(String yaml, int line) {
        assertThat(with(yaml).problems())
                .singleElement()
                .asString()
                .startsWith("orchestrator.yaml line " + line + ": not valid YAML: ");
    }

    @Test
    void broken_yaml_does_not_hide_the_problems_of_other_layers() {
        assertThat(with("[").flag("workers", "99").problems()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workers", "- workers\n", "3"})
    void a_file_that_is_no_mapping_is_a_problem(String yaml) {
        assertThat(with(yaml).problems())
                .containsExactly("orchestrator.yaml line 1: holds no settings."
                        + " Write them as 'name: value', one in each line.");
    }

    @ParameterizedTest
    @CsvSource({
        "workers: [1], workers has a list as its value. Use a whole number from 1 to 64.",
        "workers: {a: 1}, workers has a group as its value. Use a whole number from 1 to 64.",
        "'claude: 5', 'claude is a group of settings, not a setting. Write its settings below it, indented.'",
        "'claude.pass_env: [[A]]', 'claude.pass_env has an item that is not a single text without a comma. Change that item.'",
        "'claude.pass_env: [A, ~]', 'claude.pass_env has an item that is not a single text without a comma. Change that item.'",
        "'claude.pass_env: [\"A,B\"]', 'claude.pass_env has an item that is not a single text without a comma. Change that item.'",
        "'? [workers]\n: 1', has a key that is not plain text. Use the name of a setting."
    })
    void a_value_of_the_wrong_shape_is_a_problem(String yaml, String problem) {
        assertThat(with(yaml).problems()).containsExactly("orchestrator.yaml line 1: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0o3", "1_0", "0x3", "3.0", "true", "2026-01-01"})
    void a_value_is_taken_as_it_is_written(String value) {
        assertThat(with("workers: " + value).problems())
                .singleElement()
                .asString()
                .contains('"' + value + '"');
    }

    @Test
    void text_that_is_not_utf_8_is_a_problem() {
        TestHome home = new TestHome(dir);
        home.write(home.home.settings(), "workers: 3".getBytes(StandardCharsets.UTF_16));
        home.write(home.home.dotenv(), "A=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(home.problems())
                .containsExactly(
                        ".env: is not UTF-8 text. Save it as UTF-8.",
                        "orchestrator.yaml: is not UTF-8 text. Save it as UTF-8.");
    }

    /** Limits and the sandbox may stand in what is not mounted now. */
    @Test
    void a_link_to_what_is_not_there_is_a_problem() throws IOException {
        TestHome home = new TestHome(dir);
        Links.symbolic(home.home.settings(), dir.resolve("not-mounted"));
        assertThat(home.problems())
                .singleElement()
                .asString()
                .contains("orchestrator.yaml: is a link to what is not there");
        Links.symbolic(home.home.dotenv(), dir.resolve("not-mounted"));
        assertThat(home.problems()).hasSize(2);
    }

    @Test
    void a_file_whose_name_is_nearly_right_is_not_passed_over_in_silence() throws IOException {
        TestHome home = new TestHome(dir);
        home.write(dir.resolve("orchestrator.yml"), "workers: 9\n".getBytes(StandardCharsets.UTF_8));
        assertThat(home.loaded().notes())
                .containsExactly("orchestrator.yml is ignored: settings stand in orchestrator.yaml.");
    }

    @Test
    void what_is_no_plain_file_is_a_problem() throws IOException {
        Files.createDirectory(dir.resolve("orchestrator.yaml"));
        assertThat(new TestHome(dir).problems())
                .singleElement()
                .asString()
                .startsWith("orchestrator.yaml: is not a file of at most 1048576 bytes");
    }

    @Test
    void a_file_of_any_size_is_not_read() throws IOException {
        Files.write(dir.resolve("orchestrator.yaml"), new byte[2 << 20]);
        assertThat(new TestHome(dir).problems())
                .singleElement()
                .asString()
                .startsWith("orchestrator.yaml: is not a file of at most 1048576 bytes");
    }

    private TestHome with(String yaml) {
        return new TestHome(dir).yaml(yaml);
    }
}
