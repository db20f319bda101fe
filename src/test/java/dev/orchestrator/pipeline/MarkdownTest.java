package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "'a\n# b', a # b",
        "'a\r\n---\nb', a --- b",
        "<script>x</script>, '\\<script>x\\</script>'",
        "a `b`, 'a \\`b\\`'",
        "'[x](javascript:y)', '\\[x](javascript:y)'",
        "'back\\slash', 'back\\\\slash'"
    })
    void a_line_is_one_line_of_text(String text, String line) {
        assertThat(Markdown.line(text)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({"a.txt, `a.txt`", "a`b, ``a`b``", "``, ``` `` ```", "'a\n- b', `a - b`", "'', '`  `'"})
    void code_ends_where_it_shall(String text, String code) {
        assertThat(Markdown.code(text)).isEqualTo(code);
    }

    @Test
    void a_block_is_fenced_by_more_than_it_holds() {
        assertThat(Markdown.block("a\n````\n## b\n````")).isEqualTo("`````text\na\n````\n## b\n````\n`````\n");
        assertThat(Markdown.block("a")).isEqualTo("```text\na\n```\n");
    }

    @Test
    void nothing_that_a_terminal_obeys_is_left() {
        String hostile = "\u001B[31mred\u0007\u009B\u202Eback\u2066\u2028x\u0000";

        assertThat(Markdown.line(hostile)).isEqualTo("?\\[31mred???back??x?");
        assertThat(Markdown.code(hostile)).doesNotContain("\u001B", "\u202E");
        assertThat(Markdown.block("a\tb\r\nc" + hostile)).startsWith("```text\na\tb\nc?[31mred??");
    }

    @Test
    void no_character_is_cut_in_half() {
        String text = "x".repeat(499) + "\uD83D\uDE00" + "y";

        assertThat(Markdown.line(text)).isEqualTo("x".repeat(499) + "…");
        assertThat(Markdown.capped(text, 500)).startsWith("x".repeat(499) + "\n[... 3 more characters");
        assertThat(Markdown.line("a\uD83Db")).isEqualTo("a?b");
    }

    @Test
    void a_text_of_the_allowed_length_is_not_cut() {
        assertThat(Markdown.capped("12345", 5)).isEqualTo("12345");
        assertThat(Markdown.line("x".repeat(500))).hasSize(500).doesNotContain("…");
    }
}
