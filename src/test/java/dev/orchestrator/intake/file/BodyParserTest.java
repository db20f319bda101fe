package dev.orchestrator.intake.file;

import static dev.orchestrator.intake.file.Reading.rejected;
import static dev.orchestrator.intake.file.Reading.understood;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orchestrator.task.TaskBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the Markdown of a task file is taken apart. */
class BodyParserTest {

    private static TaskBody body(String file) {
        return understood(file).body();
    }

    private static String title(String file) {
        return understood(file).spec().title();
    }

    static Stream<Arguments> titles() {
        return Stream.of(
                arguments("# Fix the login\n\nText.", "Fix the login"),
                arguments("#   Fix **the** `login` [page](http://x) ##\n\nText.", "Fix the login page"),
                arguments("# 1. Fix it\n", "1. Fix it"),
                arguments("Fix the login\n=============\n\nText.", "Fix the login"),
                arguments("Fix\nthe *login*\n===\n\nText.", "Fix the login"),
                arguments("Before.\n\n# Fix it\n\nText.", "Fix it"),
                arguments("# One\n\n# Two\n\nText.", "One"),
                arguments("## Not a title\n\n# Title\n", "Title"),
                arguments("#\n\n# Title\n", "Title"),
                arguments("# Prompt\n\nFix it.", "Fix it."),
                arguments("**Prompt:** Fix it.\n\n# Then this\n", "Then this"),
                arguments("    # code\n\nFix it.", "Fix it."),
                arguments("```\n# code\n```\nFix it.", "code"),
                arguments("- # nested\n- Fix it.", "nested"),
                arguments("#hashtag is prose", "#hashtag is prose"),
                arguments("## Fix it\n\nText.", "Fix it"),
                arguments("> *Fix* it\n", "Fix it"),
                arguments("* * *\n\n1. `Fix` it\n", "Fix it"),
                arguments("<!-- note -->\n<p>\n\nFix &amp; test\n", "Fix & test"),
                arguments("**Target Files:**\n- a\n\n**Prompt:**\nFix it.\n", "Fix it."),
                arguments("x".repeat(81), "x".repeat(79) + "…"),
                arguments("x".repeat(80), "x".repeat(80)),
                // Half of a secret would not be known as one.
                arguments("See " + "x ".repeat(35) + "hunter2-hunter2", "See " + "x ".repeat(34) + "x…"),
                arguments("🔐".repeat(41), "🔐".repeat(39) + "…"),
                arguments("# " + "x".repeat(300) + "\n", "x".repeat(199) + "…"),
                arguments("# Fix\u001b[2J \u202eit\n", "Fix [2J it"),
                arguments("Исправить вход\n", "Исправить вход"),
                arguments("修复登录超时\n", "修复登录超时"),
                arguments("# 🚀\n", "🚀"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("titles")
    void the_title_is_the_first_heading_or_the_first_line(String file, String title) {
        assertThat(title(file)).isEqualTo(title);
    }

    @Test
    void without_a_line_of_text_the_title_is_the_name_of_the_file() {
        byte[] picture = "![](screenshot.png)\n".getBytes(StandardCharsets.UTF_8);

        assertThat(understood("Fix Login.TASK.MD", picture).spec().title()).isEqualTo("Fix Login");
    }

    @Test
    void a_title_alone_is_the_instruction() {
        assertThat(body("---\nid: a\n---\n# Fix the `login` timeout\n").instructions())
                .isEqualTo("Fix the `login` timeout");
        assertThat(body("# Fix it\n\n**Context:** It is broken.\n"))
                .isEqualTo(new TaskBody("Fix it", List.of(), List.of(), "It is broken."));
    }

    @Test
    void the_prompt_is_the_source_character_by_character() {
        String prompt = """
                    indented code first

                1. a *list*
                   - nested\\
                     hard break\s\s
                2. | a | table |
                   |---|-------|

                > **Note:** <b>html</b> &amp; [link][1]

                ~~~java
                **Context:**
                # not a title
                ~~~

                ## Another heading

                \t[1]: http://x
                ---
                **Not a section** of ours
                end""";

        assertThat(body("# Title\n\n**Prompt:**\n\n" + prompt + "\n\n\n**Context:**\nc\n")
                        .instructions())
                .isEqualTo(prompt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**Prompt:**\nDo it.\n\n**Context:**\nWhy.",
                "**Prompt:** Do it.\n**Context:** Why.",
                "**prompt:**Do it.\n\n**CONTEXT:**   \nWhy.",
                "**Prompt**: Do it.\n\n__Context:__ Why.",
                "  **Prompt:** Do it.\n   **Context:** Why.",
                "** Prompt: ** Do it.\n\n**Context :** Why.",
                "## Prompt\n\nDo it.\n\n## Context\n\nWhy.",
                "# PROMPT:\nDo it.\n###### context ######\nWhy.",
                "## **Prompt:**\nDo it.\n## __Context__\nWhy.",
                "Prompt\n------\nDo it.\n\nContext\n=======\nWhy.",
                "**Prompt:**\n===\nDo it.\n\n**Context:** Why."
            })
    void a_section_starts_with_its_name_in_bold_or_as_a_heading(String file) {
        assertThat(body(file)).isEqualTo(new TaskBody("Do it.", List.of(), List.of(), "Why."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```\n**Prompt:** no\n```",
                "    **Prompt:** no",
                "<div>\n**Prompt:** no\n</div>",
                "<!--\n**Prompt:** no\n-->\ntext",
                "- **Prompt:** no",
                "- item\n  **Prompt:** no",
                "> **Prompt:** no",
                "- ## Prompt",
                "Say **Prompt:** no",
                "`**Prompt:**` no",
                "\\**Prompt:** no",
                "**Prompt** no",
                "Prompt: no",
                "**Prompts:** no",
                "## Prompt engineering",
                "**Prompt:* no",
                "***Prompt:*** no",
                "| **Prompt:** |"
            })
    void what_only_looks_like_the_start_of_a_section_is_text(String text) {
        TaskBody body = body("Do it.\n\n" + text + "\n");

        assertThat(body.instructions()).isEqualTo("Do it.\n\n" + text);
    }

    @Test
    void a_section_needs_no_blank_line_before_it() {
        assertThat(body("**Target Files:**\n- a.py\n- b.py\n**Prompt:**\n- one\n- two\n**Success Criteria:**\n"
                        + "- [ ] works\n> quoted\n**Context:** c"))
                .isEqualTo(new TaskBody("- one\n- two", List.of("a.py", "b.py"), List.of("works"), "> quoted\n\nc"));
    }

    @Test
    void a_section_given_twice_is_read_twice() {
        assertThat(body("**Prompt:** a\n\n**Context:** x\n\n**Prompt:** b\n\n**Context:** y\n"))
                .isEqualTo(new TaskBody("a\n\nb", List.of(), List.of(), "x\n\ny"));
    }

    static Stream<Arguments> criteria() {
        return Stream.of(
                arguments("- [ ] a\n- [x] b\n- [X] c\n- [] d\n- e", List.of("a", "b", "c", "d", "e")),
                arguments("* a\n* b", List.of("a", "b")),
                arguments("1. a\n2) b", List.of("a", "b")),
                arguments("\n- a\n\n- b\n", List.of("a", "b")),
                arguments("- a\n\n+ b", List.of("a", "b")),
                arguments("- [ ] a is\n  long\nand lazy\n- b", List.of("a is long and lazy", "b")),
                arguments("- a\n  - [ ] b\n    1. c\n- d", List.of("a", "b", "c", "d")),
                arguments("- `mvn test` **passes**", List.of("`mvn test` **passes**")),
                arguments("- prints\n  ```\n  x\n    y\n  ```", List.of("prints\n```\nx\n  y\n```")),
                arguments("    - [ ] a\n    - b", List.of("a", "b")),
                arguments("All tests pass,\nand quickly.", List.of("All tests pass, and quickly.")),
                arguments("All of these:\n\n- a\n- b", List.of("a", "b")),
                arguments("All of these:", List.of("All of these:")),
                arguments("<!-- list them -->\n- a", List.of("a")),
                arguments("- [ ]\n- \n- a", List.of("a")),
                arguments("- [link](x) works", List.of("[link](x) works")),
                arguments("- [ ] Вход работает ✅\n- [ ] 登录成功", List.of("Вход работает ✅", "登录成功")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("criteria")
    void success_criteria_are_the_entries_of_the_list(String list, List<String> criteria) {
        TaskBody expected = new TaskBody("Do it.", List.of(), criteria, "");

        assertThat(body("**Prompt:** Do it.\n\n**Success Criteria:**\n" + list)).isEqualTo(expected);
        assertThat(body("## Success criteria\n\n" + list + "\n\n## Prompt\nDo it."))
                .isEqualTo(expected);
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                arguments("\n- src/a.py\n- `src/b c.py` (the login)", List.of("src/a.py", "src/b c.py (the login)")),
                arguments(" src/a.py, `src/b.py`", List.of("src/a.py", "src/b.py")),
                arguments(" the login module", List.of("the login module")),
                arguments("\nsrc/a.py\nsrc/b.py", List.of("src/a.py", "src/b.py")),
                arguments("\n```\nsrc/a,b.py\n\nsrc/c.py\n```", List.of("src/a,b.py", "src/c.py")),
                arguments("\n- [ ] src/__init__.py", List.of("src/__init__.py")),
                arguments("\n- /etc/passwd\n- ../../x\n- C:\\x", List.of("/etc/passwd", "../../x", "C:\\x")),
                arguments(" a.py\n- b.py", List.of("a.py", "b.py")),
                arguments("\n- a\tb", List.of("a b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void target_files_are_the_entries_of_the_list(String list, List<String> targets) {
        assertThat(body("**Target Files:**" + list + "\n\n**Prompt:** Do it."))
                .isEqualTo(new TaskBody("Do it.", targets, List.of(), ""));
    }

    @Test
    void a_target_file_with_a_control_character_is_refused_with_its_line() {
        assertThat(rejected("# T\n\n**Target Files:**\n- a\n- b\u001b[2J\n\n**Prompt:** Do it."))
                .isEqualTo(new Rejection(
                        "The target file 'b\\u001b[2J' holds an invisible character",
                        5,
                        "Write the name as plain text."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**Target Files:**\n- a.py\n\nPlease fix the login.",
                "**Target Files:**\n\nPlease fix the login.",
                "Please fix the login.\n\n**Target Files:**\n- a.py\n",
                "**Target Files:**\n- a.py\n\n---\n\nPlease fix the login.\n\n**Success Criteria:**\n- ok",
                "# T\n\n**Success Criteria:**\n- ok\n\nPlease fix the login.\n",
                "**Success Criteria:**\n- ok\n\n# T\n\nPlease fix the login.\n",
                "**Context:** c\n\n## Success criteria\n\n- ok\n\nPlease fix the login.\n"
            })
    void text_outside_of_all_sections_is_the_instructions(String file) {
        assertThat(body(file).instructions()).isEqualTo("Please fix the login.");
    }

    @Test
    void html_after_a_list_is_text_and_a_comment_is_not() {
        assertThat(body("**Target Files:**\n<!-- which? -->\n- a\n\n<!-- more -->\n\n<details>\nFix it.\n</details>\n"))
                .isEqualTo(new TaskBody("<details>\nFix it.\n</details>", List.of("a"), List.of(), ""));
    }

    @Test
    void text_outside_of_all_sections_is_context_when_there_is_a_prompt() {
        assertThat(body("# T\n\nUsers complain.\n\n**Target Files:**\n- a\n\n---\n\n**Success Criteria:**\n- ok\n\n"
                        + "## Notes\nBe quick.\n\n**Context:** Old code.\n\n**Prompt:** Fix it.\n"))
                .isEqualTo(new TaskBody(
                        "Fix it.", List.of("a"), List.of("ok"), "Users complain.\n\n## Notes\nBe quick.\n\nOld code."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "**Prompt:**|1",
                "# T\\n\\n**Prompt:**\\n\\n**Context:** x|3",
                "**Prompt:**\\n\\n---\\n\\n**Context:** x|1",
                "x\\n\\n## Prompt\\n<!-- what is to be done? -->\\n<!-- a\\nb -->\\n|3",
                "**Context:** x||",
                "**Target Files:**\\n- a|",
                "---|",
                "<!-- a comment -->|",
                "*** \\n\\n- \\n|"
            })
    void a_file_that_does_not_say_what_to_do_is_refused(String file, Integer promptLine) {
        Rejection rejection = rejected(file.replace("\\n", "\n").replaceFirst("^---$", "\n---"));

        assertThat(rejection.line()).isEqualTo(promptLine);
        assertThat(rejection.reason())
                .isEqualTo(
                        promptLine == null
                                ? "The file does not say what is to be done"
                                : "The section 'Prompt' is empty");
    }

    @Test
    void five_hundred_criteria_are_kept() {
        String list =
                IntStream.range(0, 500).mapToObj(i -> "- [ ] criterion " + i).collect(Collectors.joining("\n"));

        assertThat(body("Do it.\n\n**Success Criteria:**\n" + list).criteria())
                .hasSize(500)
                .startsWith("criterion 0")
                .endsWith("criterion 499");
    }

    @Test
    void a_long_prompt_is_not_cut() {
        String prompt = "word ".repeat(200_000).strip();

        assertThat(body("**Prompt:**\n" + prompt).instructions()).isEqualTo(prompt);
    }

    @Test
    void html_blocks_stay_text() {
        assertThat(body("# T\n\n<details>\n<summary>Log</summary>\n\n- a\n\n</details>\n")
                        .instructions())
                .isEqualTo("<details>\n<summary>Log</summary>\n\n- a\n\n</details>");
    }
}
