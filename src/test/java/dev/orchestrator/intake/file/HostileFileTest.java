package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of half a megabyte, made to exhaust the stack or the time of a parser that backtracks or recurses. */
class HostileFileTest {
    private static final int SIZE = Reading.MAX_BYTES / 2;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static Stream<Arguments> files() {
        return Stream.of(
                of("quotes", ">", ""),
                of("quotes and spaces", "> ", "x"),
                of("list marks", "- ", "x"),
                of("numbers", "1. ", "x"),
                of("brackets", "[", "x"),
                of("links", "[a](", "x"),
                of("pictures", "![", "x"),
                of("stars", "*a ", ""),
                of("bold", "**a ", ""),
                of("underscores", "_", "x"),
                of("backticks", "`a``b", ""),
                of("entities", "&", "x"),
                of("angles", "<a ", ""),
                of("comments", "<!--", ""),
                of("closed comments", "<!-- -->", ""),
                of("comments in lines", "<!-- -->\n", ""),
                of("processing", "<?", ""),
                of("definitions", "[a]: b\n", ""),
                of("open definitions", "[a]:\n", ""),
                of("blank lines", "\n", "x"),
                of("spaces", " ", "x"),
                of("spaced lines", " \t\n", "x"),
                of("sections", "**Prompt:**\n", "x"),
                of("target sections", "**Target Files:**\n- a\n", "x"),
                of("criteria sections", "\n**Success Criteria:** a\n", "x"),
                of("headings", "# a\n", ""),
                of("setext", "a\n===\n\n", ""),
                of("long setext", "a\n", "===\n"),
                of("fences", "```\n", ""),
                of("nested items", "\n- a\n  - b\n    - c", ""),
                of("heading of marks", "# **", "x"),
                arguments("stars in a heading", "# " + "*".repeat(SIZE) + "x"),
                arguments("hashes in a heading", "# x" + " #".repeat(SIZE / 2) + " x"),
                arguments("spaces in a heading", "# x" + " ".repeat(SIZE) + "x #"),
                arguments("spaces in a name", "**Prompt" + " ".repeat(SIZE) + ":* x"),
                arguments("letters in a name", "**" + "a".repeat(SIZE)),
                arguments("commas in targets", "**Target Files:** " + "a,".repeat(SIZE / 2)),
                arguments("spaces in targets", "**Target Files:**\na" + " ".repeat(SIZE) + "b"),
                arguments("deep target list", "**Target Files:**\n" + "- ".repeat(SIZE / 2)),
                arguments("deep criteria", "**Success Criteria:**\n" + indented(1300)),
                keys("brackets in YAML", "labels: " + "[".repeat(SIZE)),
                keys("braces in YAML", "created: " + "{".repeat(200_000)),
                keys("items in YAML", "created: " + "- ".repeat(100_000)),
                keys("questions in YAML", "? ".repeat(100_000)),
                keys("keys in YAML", "a: ".repeat(80_000)),
                keys("anchors in YAML", "created: [" + "&a b, *a, ".repeat(20_000) + "]"),
                keys("a number in YAML", "id: " + "1:".repeat(100_000) + "1"),
                keys("a long value in YAML", "id: " + "1".repeat(250_000)),
                keys("a long type", "type: " + "a".repeat(250_000)),
                keys("a long list", "labels: [" + "a, ".repeat(80_000) + "a]"),
                keys("a long text for a list", "labels: " + "a,".repeat(120_000)),
                keys("many keys", manyKeys(20_000)),
                keys("spaces in YAML", "id:" + " ".repeat(250_000) + "a"),
                keys("too much YAML", "# " + "x".repeat(SIZE - 100)));
    }

    private static Arguments of(String name, String repeated, String end) {
        return arguments(name, repeated.repeat(SIZE / repeated.length()) + end);
    }

    private static Arguments keys(String name, String yaml) {
        return arguments(name, "---\n" + yaml + "\n---\nDo it.\n");
    }

    private static String indented(int depth) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            list.append("  ".repeat(i)).append("- a\n");
        }
        return list.substring(0, Math.min(list.length(), SIZE - 100));
    }

    private static String manyKeys(int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append('k').append(i).append(": 1\n");
        }
        return keys.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void no_file_exhausts_the_reader(String name, String file) {
        byte[] content = file.getBytes(StandardCharsets.UTF_8);
        assertThat(content).hasSizeLessThanOrEqualTo(Reading.MAX_BYTES);

        TaskFileResult result = assertTimeoutPreemptively(LIMIT, () -> Reading.READER.read(name, content));

        assertThat(result).isNotNull();
    }
}
