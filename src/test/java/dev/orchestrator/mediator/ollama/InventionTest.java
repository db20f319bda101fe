package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventionTest {
    private static final String TEXT = "Fix the login in src/login.py and ./lib/a.ts; it takes 30 s (see docs/a b.md).";

    @ParameterizedTest
    @CsvSource({
        "src/login.py, true",
        "lib/a.ts, true",
        "./lib/a.ts, true",
        "docs/a b.md, true",
        "login.py, false",
        "src/login, false",
        "src/login.p, false",
        "rc/login.py, false",
        "src/other.py, false",
        "'', false",
        "' ', false"
    })
    void a_file_is_named_when_it_stands_in_the_text_by_itself(String name, boolean named) {
        assertThat(Invention.isNamed(name, TEXT)).isEqualTo(named);
    }

    @Test
    void a_file_may_be_followed_by_the_end_of_a_sentence() {
        assertThat(Invention.isNamed("src/a.py", "Look at src/a.py.")).isTrue();
        assertThat(Invention.isNamed("src/a.py", "Look at `src/a.py`:12")).isTrue();
        assertThat(Invention.isNamed("src/a", "Look at src/a.py.")).isFalse();
    }

    @Test
    void a_title_is_made_of_the_texts_words_in_whatever_form() {
        assertThat(Invention.taken("Fixing login", TEXT)).isEqualTo(0.5);
        assertThat(Invention.taken("Login takes the logins", TEXT)).isEqualTo(1);
        assertThat(Invention.taken("Summarize the old layout", "Please migrate the billing database"))
                .isEqualTo(0.25);
        assertThat(Invention.taken("", TEXT)).isZero();
        assertThat(Invention.taken("\uFFFD!", TEXT)).isZero();
    }

    @Test
    void a_fact_is_a_file_a_name_in_code_or_a_number() {
        assertThat(Invention.fact("The login in src/login.py takes 30 s.", TEXT))
                .isNull();
        assertThat(Invention.fact("The login in src/session.py.", TEXT)).isEqualTo("src/session.py");
        assertThat(Invention.fact("It takes 31 s.", TEXT)).isEqualTo("31");
        assertThat(Invention.fact("It calls do_login.", TEXT)).isEqualTo("do_login");
        assertThat(Invention.fact("It works. Then it ends.", TEXT)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "All 12 tests pass, All 120 tests pass, 12",
        "It took 5 s, It took 0.5 s, 5",
        "It took 0.5 s, It took 10.5 s, 0.5",
        "See a.py, See data.py, a.py",
        "See src/a.py, See lib/src_src/a.pyc, src/a.py",
        "It calls do_log, It calls do_login, do_log",
        "It took 45s, It took 30s, 45"
    })
    void a_part_of_another_fact_is_none(String text, String source, String invented) {
        assertThat(Invention.fact(text, source)).isEqualTo(invented);
    }

    @ParameterizedTest
    @CsvSource({
        "It takes 30 s., It takes 30s",
        "Version 1.2.3., Version v1.2.3",
        "See login.py., See `src/login.py`:12",
        "See src/main., See src/main/java/A.java",
        "See src/a.py., See C:\\x\\src/a.py.",
        "It calls do_login., It calls self.do_login()",
        "12 of 15, (12/15)"
    })
    void what_stands_at_the_end_of_a_path_or_beside_a_unit_is_there(String text, String source) {
        assertThat(Invention.fact(text, source)).isNull();
    }

    /** Nobody has set a limit to what a server may send, but the size of an answer. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", ".", "_", "a_", "a-", "1", "1,", "a b ", "/", "\\", "\u00e9", "a/b c_d 1.5 "})
    @Timeout(20)
    void a_long_text_takes_no_long_time(String piece) {
        String text = piece.repeat(60_000 / piece.length());
        String source = "word ".repeat(20_000) + piece.repeat(20_000) + "!";
        Invention.fact(text, source);
        Invention.taken(text, source);
    }

    @Test
    void whatever_is_said_in_the_words_of_the_text_is_no_invention() {
        String[] words = {
            "fix",
            "src/a.py",
            "do_it",
            "12",
            "1.5",
            "30s",
            "a.b.c",
            "and/or",
            "...",
            "e.g.",
            "\ud83d",
            "$",
            "\\E",
            "(",
            "x"
        };
        for (int seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder source = new StringBuilder();
            for (int left = random.nextInt(20); left > 0; left--) {
                source.append(words[random.nextInt(words.length)]).append(random.nextInt(6) == 0 ? "" : " ");
            }
            String text = source.toString();
            assertThat(Invention.fact(text, text)).as("seed %d: %s", seed, text).isNull();
            assertThat(Invention.taken(text, text))
                    .as("seed %d: %s", seed, text)
                    .isIn(0.0, 1.0);
            String word = words[random.nextInt(words.length)];
            assertThat(Invention.isNamed(word, "x " + word + " " + text))
                    .as("seed %d: %s in %s", seed, word, text)
                    .isEqualTo(word.matches(".*[a-zA-Z0-9].*"));
        }
    }
}
