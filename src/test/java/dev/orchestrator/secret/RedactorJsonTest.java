package dev.orchestrator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorJsonTest {
    private static final String RANDOM = "a8Kd02nXq7Lw3Zr5Tb1VQe4Mh6Jy9Ps0Gc2U";
    private static final Redactor KNOWN =
            Redactor.of(Map.of(), List.of("1234567890", "npasswor", "1b2c3d4e5f", "ends-with\\", "{\"a\":\"b1c2\"}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"a\":\"x1234567890\",\"b\":1}|{\"a\":\"x[redacted]\",\"b\":1}",
                "{\"a\":[-1234567890.5e1,7]}|{\"a\":[\"[redacted]\",7]}",
                "{\"a\":\"ends-with\\\\\"}|{\"a\":\"[redacted]\"}",
                "{\"npasswor\":true}|{\"[redacted]\":true}",
                "[{\"a\":\"b1c2\"}]|[{\"[redacted]\":\"[redacted]\"}]",
                "{\"k\":\"-----BEGIN PRIVATE KEY-----\\nMII\",\"l\":\"-----BEGIN PRIVATE KEY-----\\nMII\\\"\"}"
                        + "|{\"k\":\"[redacted]\",\"l\":\"[redacted]\\\"\"}",
                "{\"password\":\"a1\\\"" + RANDOM + "\",\"b\":null}|{\"password\":\"[redacted]\",\"b\":null}",
                "{\"a\":\"\\nnp" + "m_" + RANDOM + "\"}|{\"a\":\"\\n[redacted]\"}",
            })
    void only_what_is_inside_strings_and_whole_numbers_are_replaced(String json, String redacted) {
        assertThat(KNOWN.redact(json)).isEqualTo(redacted);
        assertThat(KNOWN.redact("{}\n" + json + "\n" + json)).isEqualTo("{}\n" + redacted + "\n" + redacted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // Says a line break and "password".
                "{\"a\":\"\\npassword\"}",
                "{\"a\":\"\\u00e41b2c3d4e\\u5f00\"}",
                "{\"a\":\"\\u0001b2c3d4e5f\"}",
                "{\"a\":\"ends-with\\n\"}",
                "{\"a\":\"\\npm_" + RANDOM + "\"}",
                "{\"a\":\"\\rk_live_" + RANDOM + "\"}",
            })
    void what_only_looks_like_a_secret_because_of_an_escape_is_left_alone(String json) {
        assertThat(KNOWN.redact(json)).isSameAs(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"a\":\"npasswor|{\"a\":\"[redacted]",
                "[see](npasswor) it's \"x|[see]([redacted]) it's \"x",
                "{\"a\":\"\\x npasswor\"}|{\"a\":\"\\x [redacted]\"}",
                "{\"a\":\"\\u12 npasswor\"}|{\"a\":\"\\u12 [redacted]\"}",
                "1234567890|[redacted]",
                "[npasswor]|[[redacted]]",
            })
    void in_what_only_resembles_json_everything_is_replaced(String text, String redacted) {
        assertThat(KNOWN.redact(text)).isEqualTo(redacted);
    }
}
