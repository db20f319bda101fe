package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "opus, opus",
                "` opus `, opus",
                "\"opus\", opus",
                "'opus', opus",
                "opus # the large one, opus",
                "\"opus\"   # the large one, opus",
                "\"opus # 1\", opus # 1",
                "opus#1, opus#1",
                "a=b, a=b",
                "C:\\new\\temp, C:\\new\\temp",
                "\"C:\\new\\\", C:\\new\\",
                "\"opus, \"opus",
                "`\"a\" b`, `\"a\" b`"
            })
    void a_value_ends_with_its_line_its_quote_or_a_comment(String written, String value) {
        assertThat(with("ORCHESTRATOR_CLAUDE_MODEL=" + written + "\n")
                        .config()
                        .claude()
                        .model())
                .contains(value);
    }

    @Test
    void export_and_blanks_do_not_matter() {
        assertThat(with("  export  ORCHESTRATOR_WORKERS = 4  ").config().workers())
                .isEqualTo(4);
    }

    @Test
    void a_value_that_is_only_a_comment_is_not_set() {
        assertThat(with("ORCHESTRATOR_WORKERS= # later\n").config().workers()).isEqualTo(3);
    }

    @Test
    void of_a_name_that_is_there_twice_the_last_counts_and_that_is_said() {
        var loaded = with("ORCHESTRATOR_WORKERS=4\nX=1\nX=2\nORCHESTRATOR_WORKERS=5\n")
                .loaded();
        assertThat(loaded.config().workers()).isEqualTo(5);
        assertThat(loaded.notes())
                .containsExactly(".env line 1 is ignored: ORCHESTRATOR_WORKERS is given once more, in .env line 4.");
    }

    @Test
    void a_comment_sets_nothing() {
        assertThat(with("#ORCHESTRATOR_WORKERS=4\n# ORCHESTRATOR_RETRIES=1\n")
                        .loaded()
                        .notes())
                .isEmpty();
    }

    @Test
    void the_last_line_of_a_name_counts() {
        TestHome home = with("ORCHESTRATOR_WORKERS=4\nORCHESTRATOR_WORKERS=5\n");
        assertThat(home.config().workers()).isEqualTo(5);
        assertThat(home.sourceOf("workers")).isEqualTo(".env line 2");
    }

    @Test
    void a_byte_order_mark_and_line_ends_of_windows_are_fine() {
        TestHome home = with("\uFEFFORCHESTRATOR_WORKERS=4\r\n\r\nORCHESTRATOR_RETRIES=x\r\n");
        assertThat(home.problems())
                .containsExactly(".env line 3: retries \"x\" is not a whole number of at most nine digits."
                        + " Use a whole number from 0 to 10.");
    }

    @Test
    void what_belongs_to_others_is_left_alone() {
        assertThat(with("KEY=\"-----BEGIN\nabc\n-----END\"\n1X=2\n:::\n")
                        .loaded()
                        .notes())
                .isEmpty();
    }

    @Test
    void a_line_of_ours_without_an_equals_sign_is_mentioned() {
        assertThat(with("A=1\nexport ORCHESTRATOR_WORKERS 4\n").loaded().notes())
                .containsExactly(".env line 2 is ignored: it is not of the form NAME=value.");
    }

    private TestHome with(String text) {
        return new TestHome(dir).dotenv(text);
    }
}
