package dev.orchestrator.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    @TempDir
    Path directory;

    private Templates templates;

    @BeforeEach
    void make() {
        templates = new Templates(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "code_review", "summarize"})
    void reading_templates_may_change_nothing(String name) {
        assertThat(found(name).readOnly()).isTrue();
        assertThat(found(name).expectsChange()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug_fix", "documentation"})
    void templates_whose_work_is_a_change_expect_one(String name) {
        assertThat(found(name).readOnly()).isFalse();
        assertThat(found(name).expectsChange()).isTrue();
    }

    @Test
    void all_built_in_names_are_listed() {
        assertThat(templates.names())
                .containsExactly("analyze", "bug_fix", "code_review", "custom", "documentation", "summarize");
    }

    @Test
    void a_users_template_adds_a_type_and_wins_over_a_built_in_one() throws IOException {
        write("translate.md", "---\ndescription: Translate\nread_only: false\n---\nTranslate it.\n");
        write("analyze.md", "---\nread_only: true\n---\nOnly look.\n");

        assertThat(templates.names()).contains("translate");
        assertThat(found("translate").guidance()).isEqualTo("Translate it.");
        assertThat(found("analyze").guidance()).isEqualTo("Only look.");
        assertThat(found("analyze").origin()).isEqualTo("templates/analyze.md");
    }

    @Test
    void an_edit_takes_effect_at_once() throws IOException {
        write("mine.md", "---\nread_only: true\n---\nFirst.\n");
        assertThat(found("mine").guidance()).isEqualTo("First.");

        write("mine.md", "\uFEFF---\r\nread_only: true\r\n---\r\nSecond.\r\n");

        assertThat(found("mine").guidance()).isEqualTo("Second.");
    }

    @Test
    void one_that_is_not_valid_is_not_replaced_by_the_built_in_one() throws IOException {
        write("analyze.md", "---\nread_only: maybe\n---\nOnly look.\n");

        assertThat(templates.find("analyze")).isInstanceOf(Templates.Search.Invalid.class);
        assertThat(templates.all()).extracting(Template::name).doesNotContain("analyze");
    }

    @Test
    void all_are_listed_with_where_they_come_from() throws IOException {
        write("analyze.md", "---\nread_only: true\n---\nOnly look.\n");
        write("mine.md", "nothing");
        write("Mine.txt", "nothing");
        write("my-own.md", "nothing");

        assertThat(templates.list())
                .extracting(listed -> listed.name() + " " + listed.origin() + " " + listed.file())
                .containsExactly(
                        "analyze overrides templates/analyze.md",
                        "bug_fix built_in null",
                        "code_review built_in null",
                        "custom built_in null",
                        "documentation built_in null",
                        "mine own templates/mine.md",
                        "summarize built_in null");
        assertThat(templates.misnamed()).containsExactly("templates/my-own.md");
    }

    @Test
    void a_directory_of_that_name_is_told_as_such() throws IOException {
        Files.createDirectory(directory.resolve("mine.md"));

        assertThat(templates.find("mine"))
                .isInstanceOfSatisfying(
                        Templates.Search.Invalid.class,
                        invalid -> assertThat(invalid.problem()).contains("templates/mine.md", "not a file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no front matter",
                "---\nread_only: true\n---\n",
                "---\ndescription: x\n---\nText",
                "---\nread_only: maybe\n---\nText",
                "---\nread_only: true\nwrites: all\n---\nText",
                "---\nread_only: [\n---\nText"
            })
    void a_bad_template_says_which_file_and_why(String content) throws IOException {
        write("bad.md", content);

        assertThat(templates.find("bad"))
                .isInstanceOfSatisfying(
                        Templates.Search.Invalid.class,
                        invalid -> assertThat(invalid.problem()).contains("templates/bad.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "../analyze", "a/b", "", "Analyze", "con\0"})
    void a_name_that_is_none_is_unknown(String name) {
        assertThat(templates.find(name)).isInstanceOf(Templates.Search.Unknown.class);
    }

    private Template found(String name) {
        Templates.Search search = templates.find(name);
        assertThat(search).isInstanceOf(Templates.Search.Found.class);
        return ((Templates.Search.Found) search).template();
    }

    @Test
    void a_link_that_leads_nowhere_is_not_replaced_by_the_built_in_one() throws IOException {
        Files.createSymbolicLink(directory.resolve("analyze.md"), directory.resolve("shared/analyze.md"));

        assertThat(templates.find("analyze")).isInstanceOf(Templates.Search.Invalid.class);
        assertThat(templates.list())
                .filteredOn(listed -> listed.name().equals("analyze"))
                .allMatch(listed -> listed.search() instanceof Templates.Search.Invalid);
    }

    @Test
    void of_one_that_is_far_too_long_no_more_is_read_than_shows_it() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("mine.md").toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertThat(templates.find("mine"))
                .isInstanceOfSatisfying(
                        Templates.Search.Invalid.class,
                        invalid -> assertThat(invalid.problem()).contains("at most 262144 bytes"));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }
}
