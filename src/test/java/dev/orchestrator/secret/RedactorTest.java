package dev.orchestrator.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String VALUE = "pa\"s\\s/wörd 1\t$";
    private static final String SHAPE = "gh" + "p_a8Kd02nXq7Lw3Zr5Tb1VQe4Mh6Jy9Ps0Gc2U";

    private final Redactor redactor = Redactor.of(Map.of("MY_SECRET", VALUE, "EDITOR", "vim-of-mine"), List.of());

    @Test
    void a_text_without_secrets_is_handed_back_itself() {
        String text = "nothing of vim-of-mine, pa\"s\\s";
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(redactor.redact(text)).isSameAs(text);
        assertThat(redactor.redact(bytes)).isSameAs(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pa\"s\\s/wörd 1\t$",
                "pa\\\"s\\\\s/wörd 1\\t$",
                "pa\\\"s\\\\s\\/wörd 1\\t$",
                "pa\\\"s\\\\s/w\\u00f6rd 1\\t$",
                "pa\\\"s\\\\s\\/w\\u00F6rd 1\\t$",
                "pa\\\\\\\"s\\\\\\\\s/wörd 1\\\\t$",
                "pa%22s%5Cs%2Fw%C3%B6rd+1%09%24",
                "pa%22s%5Cs%2Fw%C3%B6rd%201%09%24",
                "pa%22s%5cs%2fw%c3%b6rd%201%09%24",
                "cGEic1xzL3fDtnJkIDEJJA==",
                "cGEic1xzL3fDtnJkIDEJJA",
            })
    void a_known_value_is_hidden_in_every_form(String form) {
        String text = "<" + form + ">";

        assertThat(redactor.redact(text)).isEqualTo("<[redacted]>");
        assertThat(new String(redactor.redact(text.getBytes(UTF_8)), UTF_8)).isEqualTo("<[redacted]>");
    }

    @Test
    void base64_may_be_that_of_urls() {
        Redactor known = Redactor.of(Map.of("X_KEY", "??>>~~??"), List.of());

        assertThat(known.redact("Pz8-Pn5-Pz8= Pz8-Pn5-Pz8 Pz8+Pn5+Pz8=")).isEqualTo("[redacted] [redacted] [redacted]");
    }

    @Test
    void upper_and_lower_case_of_a_value_are_not_the_same() {
        assertThat(redactor.redact(VALUE.toUpperCase(Locale.ROOT))).doesNotContain("[redacted]");
    }

    @Test
    void of_values_in_each_other_and_values_that_overlap_nothing_stays() {
        Redactor known = Redactor.of(Map.of(), List.of("abcdefgh", "abcdefgh-ijklmnop", "mnop-qrstuvw", "xyzxyzxy"));

        assertThat(known.redact("1 abcdefgh 2 abcdefgh-ijklmnop 3")).isEqualTo("1 [redacted] 2 [redacted] 3");
        assertThat(known.redact("1 abcdefgh-ijklmnop-qrstuvw 2")).isEqualTo("1 [redacted] 2");
        assertThat(known.redact("xyzxyzxyzxyzxy!")).isEqualTo("[redacted]!");
    }

    @Test
    void of_a_known_value_within_a_token_the_rest_of_the_token_is_hidden_too() {
        Redactor known = Redactor.of(Map.of(), List.of(SHAPE.substring(10, 20)));

        assertThat(known.redact("a " + SHAPE + " b")).isEqualTo("a [redacted] b");
    }

    @Test
    void lines_of_a_key_are_hidden_however_they_are_broken() {
        Redactor known = Redactor.of(Map.of("TLS_KEY", "MIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\nshort=="), List.of());

        assertThat(known.redact("MIIEvQIBADANBgkq\r\nhkiG9w0BAQEFAASC\r\nshort== x"))
                .isEqualTo("[redacted] x");
        assertThat(known.redact("MIIEvQIBADANBgkq\\nhkiG9w0BAQEFAASC\\nshort== x"))
                .isEqualTo("[redacted] x");
        assertThat(known.redact("> hkiG9w0BAQEFAASC <")).isEqualTo("> [redacted] <");
    }

    @Test
    void what_a_replacement_uncovers_is_hidden_as_well() {
        Redactor known = Redactor.of(Map.of(), List.of("abcdefgh"));
        String token = "sk-" + "a8Kd02nXq7Lw3Zr5Tb1V";

        assertThat(known.redact("abcdefgh" + token)).isEqualTo("[redacted][redacted]");
    }

    @Test
    void the_mark_is_left_alone_even_by_values_that_look_like_a_part_of_it() {
        Redactor known = Redactor.of(Map.of(), List.of("redacted", "[redacted]", "acted]abc", "abcdefg["));
        String once = known.redact("redacted " + SHAPE + "abc abcdefg" + SHAPE + "-redacted");

        assertThat(once).startsWith("[redacted] ");
        assertThat(known.redact(once)).isEqualTo(once);
        assertThat(known.redact("abcdefg[redacted]abc")).isEqualTo("abcdefg[redacted]abc");
    }

    @Test
    void bytes_that_are_no_utf8_are_kept() {
        byte[] bytes = ("\u00ff\u00c3 " + SHAPE + " \u0080").getBytes(ISO_8859_1);

        assertThat(redactor.redact(bytes)).isEqualTo("\u00ff\u00c3 [redacted] \u0080".getBytes(ISO_8859_1));
    }

    @Test
    void it_does_not_show_what_it_knows() {
        assertThat(redactor.toString()).isEqualTo("Redactor[values hidden]");
    }
}
