package dev.orchestrator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownValuesTest {
    @Test
    void the_value_of_a_secret_variable_is_secret_but_for_space_around_it() {
        assertThat(ofVariable("API_KEY", " x9$Kq2!p \n")).containsExactly("x9$Kq2!p");
    }

    @Test
    void the_value_of_any_other_is_not() {
        assertThat(ofVariable("EDITOR", "x9$Kq2!p")).isEmpty();
    }

    @Test
    void an_ordinary_value_is_not_whatever_it_is_called() {
        assertThat(ofVariable("DB_PASSWORD", "postgres")).isEmpty();
    }

    @Test
    void what_the_caller_knows_to_be_secret_may_be_a_word_but_not_short() {
        assertThat(KnownValues.of(List.of(Map.of()), List.of("postgres", "abcdefg", "")))
                .containsExactly("postgres");
    }

    @Test
    void the_password_in_a_url_is_secret_whatever_the_variable_is_called() {
        assertThat(ofVariable("DATABASE_URL", "postgres://me:p%40ss-w0rd@db:5432/x,redis://:An0therOne@r"))
                .containsExactly("p%40ss-w0rd", "p@ss-w0rd", "An0therOne");
        assertThat(ofVariable("DATABASE_URL", "postgres://me:100%sure1@db")).containsExactly("100%sure1");
    }

    @Test
    void an_ordinary_password_in_a_url_is_not_hidden_elsewhere() {
        assertThat(ofVariable("DATABASE_URL", "postgres://postgres:postgres@localhost/x"))
                .isEmpty();
    }

    @Test
    void of_several_lines_each_long_one_is_secret_but_not_what_all_keys_begin_with() {
        String key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n  MIIEvQIBADANBgkr\t\nshort\n-----END KEY-----";

        assertThat(ofVariable("TLS_KEY", key))
                .containsExactly(key, key.replace("\n", "\r\n"), "MIIEvQIBADANBgkq", "MIIEvQIBADANBgkr");
    }

    @Test
    void line_breaks_may_be_written_as_escapes() {
        assertThat(ofVariable("TLS_KEY", "first line of it\\nsecond"))
                .containsExactly(
                        "first line of it\\nsecond",
                        "first line of it\nsecond",
                        "first line of it\r\nsecond",
                        "first line of it");
    }

    private static Set<String> ofVariable(String name, String value) {
        return KnownValues.of(List.of(Map.of(name, value)), List.of());
    }
}
