package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
