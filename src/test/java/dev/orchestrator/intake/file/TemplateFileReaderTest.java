package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.Acceptance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateFileReaderTest {
    @Test
    void all_that_a_template_may_say_is_read() {
        TemplateFileResult.Understood read = understood("""
                ---
                description: "Bring a dependency up to date: one"
                read_only: no
                expects_change: true
                tools: ["Bash(mvn *)", "WebFetch(domain:docs.example.org)", mcp__db]
                expected_files: [pom.xml, "docs/**/*.md"]
                acceptance:
                  - mvn -q verify
                acceptance_timeout: 15m
                acceptance_rounds: 2
                max_turns: 40
                timeout: 45m
                idle_timeout: 10m
                model: sonnet
                ---

                Read the release notes first.

                ---
                Change one dependency only.
                """);

        assertThat(read.guidance()).isEqualTo("Read the release notes first.\n\n---\nChange one dependency only.");
        assertThat(read.head())
                .isEqualTo(new TemplateHead(
                        "Bring a dependency up to date: one",
                        false,
                        true,
                        new TemplateDefaults(
                                List.of("Bash(mvn *)", "WebFetch(domain:docs.example.org)", "mcp__db"),
                                List.of("pom.xml", "docs/**/*.md"),
                                "sonnet",
                                40,
                                Duration.ofMinutes(45),
                                Duration.ofMinutes(10),
                                new Acceptance(List.of("mvn -q verify"), Duration.ofMinutes(15), 2))));
    }

    @Test
    void all_but_whether_it_is_read_only_may_be_left_out() {
        TemplateFileResult.Understood read = understood("---\nread_only: true\n---\nLook.\n");

        assertThat(read.head()).isEqualTo(new TemplateHead("", true, false, TemplateDefaults.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tolls: [WebSearch]     | 'tolls' is not a known key of a template     | Did you mean 'tools'?",
                "max_turn: 4            | 'max_turn' is not a known key of a template  | Did you mean 'max_turns'?",
                "allowed_tools: [x]     | 'allowed_tools' is not a known key           | Did you mean 'tools'?",
                "priority: high         | 'priority' is not a known key of a template  | the keys of a template are",
                "max_budget_usd: 1      | is not a known key of a template             | the keys of a template are",
                "tools: [Bash]          | tools: 'Bash' does not name the program      | Bash(<command>)",
                "tools: ['Bash(*)']     | does not name the program it allows          | Bash(<command>)",
                "tools: [Edit]          | tools: 'Edit' allows more than               | Bash(<command>)",
                "tools: WebSearch       | tools: 'WebSearch' is not a list             | tools: [...]",
                "max_turns: 0           | max_turns: '0' is not a whole number         | from 1 to 1000",
                "timeout: 45            | timeout: '45' has no unit                    | 45m",
                "idle_timeout: 8d       | is not between 1 second and 7 days           | 1s to 7d",
                "model: --help          | model: '--help' is not the name of a model   | sonnet",
                "expected_files: [/etc] | expected_files: '/etc' is not relative       | relative",
                "acceptance_rounds: 2   | acceptance_rounds: there is no command       | acceptance: [mvn",
                "expects_change: maybe  | expects_change: 'maybe' is neither           | true or false",
                "read_only: false       | The key 'read_only' is given twice           | Keep one",
                "timeout: !made 4m       | holds the tag                                | Remove the tag",
            })
    void what_is_wrong_is_told_with_its_line_and_what_to_write(String line, String reason, String remedy) {
        Rejection rejection = refused("---\nread_only: false\n" + line + "\n---\nText\n");

        assertThat(rejection.reason()).contains(reason);
        assertThat(rejection.line()).isEqualTo(3);
        assertThat(rejection.remedy()).contains(remedy);
    }

    /** Others may be at work in the directory at the same time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tools: ['Bash(mvn *)']",
                "tools: [WebSearch, 'Bash(ls:*)']",
                "tools: [mcp__db__query]",
                "tools: [mcp__db]",
                "acceptance: [make]",
                "expects_change: true"
            })
    void a_read_only_template_has_no_program_run_and_expects_no_change(String line) {
        Rejection rejection = refused("---\n" + line + "\nread_only: true\n---\nText\n");

        assertThat(rejection.line()).isEqualTo(2);
        assertThat(rejection.remedy()).contains("read_only: false");
    }

    @Test
    void a_read_only_template_may_look_things_up() {
        assertThat(understood("---\nread_only: true\ntools: [WebSearch, 'WebFetch(domain:a.org)']\n---\nText")
                        .head()
                        .defaults()
                        .tools())
                .containsExactly("WebSearch", "WebFetch(domain:a.org)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no front matter",
                "read_only: true\n\nText",
                "---\nread_only: true\n",
                "---\nread_only: true\n---\n \n",
                "---\ndescription: x\n---\nText",
                "---\n---\nText",
                "---\nread_only: [\n---\nText",
                "---\n- read_only\n---\nText",
                "---\nread_only: true\n---\ntools: [WebSearch]\nText\u0000"
            })
    void what_is_no_template_is_refused(String content) {
        assertThat(refused(content).remedy()).isNotBlank();
    }

    /** A key below the front matter would not count, and whoever wrote it thinks that it does. */
    @Test
    void a_key_outside_of_the_front_matter_is_refused() {
        assertThat(refused("---\nread_only: false\n---\ntimeout: 5m\n\nText").line())
                .isEqualTo(4);
        assertThat(refused("---\nread_only: false\n---\ntools: [WebSearch]\n\nText")
                        .line())
                .isEqualTo(4);
    }

    @Test
    void a_file_that_is_too_long_or_no_text_is_refused() {
        String text = "---\nread_only: true\n---\n" + "x".repeat(TemplateFileReader.MAX_BYTES);

        assertThat(refused(text).reason()).contains("at most 262144 bytes are accepted");
        assertThat(TemplateFileReader.read(new byte[] {'-', '-', '-', (byte) 0xC3, 0x28}))
                .isInstanceOf(TemplateFileResult.NotUnderstood.class);
    }

    @Test
    void the_example_of_the_page_about_templates_is_one() throws IOException {
        String page = Files.readString(Path.of("docs/TEMPLATES.md"));
        int start = page.indexOf("```markdown\n") + "```markdown\n".length();

        TemplateFileResult.Understood read = understood(page.substring(start, page.indexOf("```", start)));

        assertThat(read.head().defaults().tools()).isNotEmpty();
        assertThat(TemplateKeys.ALL).allSatisfy(key -> assertThat(page).contains("| `" + key + "` |"));
    }

    private static TemplateFileResult.Understood understood(String text) {
        TemplateFileResult result = TemplateFileReader.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(result).isInstanceOf(TemplateFileResult.Understood.class);
        return (TemplateFileResult.Understood) result;
    }

    private static Rejection refused(String text) {
        TemplateFileResult result = TemplateFileReader.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(result).isInstanceOf(TemplateFileResult.NotUnderstood.class);
        return ((TemplateFileResult.NotUnderstood) result).rejection();
    }
}
