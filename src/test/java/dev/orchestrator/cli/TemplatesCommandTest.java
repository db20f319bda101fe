package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesCommandTest {
    @TempDir
    private Path root;

    @Test
    void all_are_listed_with_what_they_may_do_and_where_they_come_from() throws IOException {
        write("translate.md", "description: Translate\nread_only: false\n");
        write("analyze.md", "description: Only look\nread_only: true\n");
        write("Notes.md", "read_only: true\n");

        CliHome.Result result = CliHome.run(root, "templates");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .matches("analyze +read-only +templates/analyze.md, overrides built in +Only look"))
                .anySatisfy(line ->
                        assertThat(line).matches("bug_fix +may write +built in +Find the cause of a fault and mend it"))
                .anySatisfy(line -> assertThat(line).matches("translate +may write +templates/translate.md +Translate"))
                .anySatisfy(line -> assertThat(line).startsWith("Note: templates/Notes.md is no template: "));
    }

    @Test
    void one_that_is_not_valid_is_told_with_line_and_remedy_and_is_an_error() throws IOException {
        write("mine.md", "read_only: false\ntoolz: [WebSearch]\n");

        CliHome.Result list = CliHome.run(root, "templates");
        CliHome.Result one = CliHome.run(root, "templates", "mine");

        assertThat(list.code()).isEqualTo(1);
        assertThat(list.out())
                .contains("template templates/mine.md is not valid: 'toolz' is not a known key of a template (line 3)."
                        + " Did you mean 'tools'?");
        assertThat(one.code()).isEqualTo(1);
        assertThat(one.err()).contains("templates/mine.md", "(line 3)", "Did you mean 'tools'?");
        assertThat(CliHome.run(root, "templates", "analyze").code()).isZero();
    }

    @Test
    void one_is_shown_with_what_holds_for_a_task_that_says_nothing_itself() throws IOException {
        Files.writeString(root.resolve("orchestrator.yaml"), "claude:\n  idle_timeout: 7m\n");
        write("mine.md", """
                description: Mine
                read_only: false
                tools: ["Bash(mvn *)", WebSearch]
                acceptance: [mvn -q test]
                acceptance_rounds: 1
                timeout: 90m
                """);

        CliHome.Result result = CliHome.run(root, "templates", "mine");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .contains("mine  may write  templates/mine.md", "Mine", "Text.")
                .anySatisfy(line -> assertThat(line).matches("tools +Bash\\(mvn \\*\\), WebSearch  \\(template\\)"))
                .anySatisfy(line -> assertThat(line).matches("acceptance +mvn -q test  \\(template\\)"))
                .anySatisfy(line -> assertThat(line).matches("acceptance_rounds +1  \\(template\\)"))
                .anySatisfy(line ->
                        assertThat(line).matches("acceptance_timeout +.*  \\(setting acceptance.timeout, default\\)"))
                .anySatisfy(line -> assertThat(line).matches("timeout +90m  \\(template\\)"))
                .anySatisfy(line -> assertThat(line)
                        .matches("idle_timeout +7m  \\(setting claude.idle_timeout, orchestrator.yaml line 2\\)"))
                .anySatisfy(line -> assertThat(line).matches("model +-  \\(setting claude.model, default\\)"));
    }

    @Test
    void a_name_that_is_none_is_a_usage_error_that_names_the_nearest() {
        CliHome.Result result = CliHome.run(root, "templates", "bugfix");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("There is no template 'bugfix'. Did you mean 'bug_fix'?");
    }

    @Test
    void programs_get_the_same_as_json() throws IOException {
        write("mine.md", "read_only: maybe\n");

        CliHome.Result all = CliHome.run(root, "templates", "--json");
        CliHome.Result one = CliHome.run(root, "templates", "summarize", "--json");
        CliHome.Result bad = CliHome.run(root, "templates", "mine", "--json");

        assertThat(all.code()).isEqualTo(1);
        JsonNode report = Json.full().readTree(all.out());
        assertThat(report.path("valid").asBoolean()).isFalse();
        assertThat(report.path("templates")).hasSize(7);
        assertThat(report.path("templates").get(0).path("origin").asText()).isEqualTo("built_in");
        assertThat(report.path("templates").get(5).path("problem").asText()).contains("(line 2)");
        JsonNode detail = Json.full().readTree(one.out());
        assertThat(detail.path("template").path("read_only").asBoolean()).isTrue();
        assertThat(detail.path("effective").get(0).path("key").asText()).isEqualTo("expects_change");
        assertThat(detail.path("guidance").asText()).startsWith("Read first, then summarise");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(Json.full()
                        .readTree(bad.out())
                        .path("template")
                        .path("valid")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void nothing_is_made_and_nothing_is_locked() {
        assertThat(CliHome.run(root, "templates").code()).isZero();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void what_a_terminal_would_obey_is_not_printed() throws IOException {
        write("mine.md", "description: \"x\\e[2J\"\nread_only: true\n");
        Files.writeString(
                root.resolve("templates/other.md"), "---\nread_only: true\n---\nclear \u001b[2J the screen\n");

        assertThat(CliHome.run(root, "templates").out()).doesNotContain("\u001b");
        assertThat(CliHome.run(root, "templates", "other").out())
                .contains("clear ?[2J the screen")
                .doesNotContain("\u001b");
    }

    private void write(String name, String head) throws IOException {
        Files.createDirectories(root.resolve("templates"));
        Files.writeString(root.resolve("templates").resolve(name), "---\n" + head + "---\nText.\n");
    }
}
