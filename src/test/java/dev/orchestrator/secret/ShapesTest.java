package dev.orchestrator.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples are put together from parts, so that nobody's scanner takes this file for a leak. */
class ShapesTest {
    private static final String RANDOM_20 = "a8Kd02nXq7Lw3Zr5Tb1V";
    private static final String RANDOM_40 = RANDOM_20 + "Qe4Mh6Jy9Ps0Gc2Uf8Wi";
    private static final String RANDOM_36 = "a8Kd02nXq7Lw3Zr5Tb1VQe4Mh6Jy9Ps0Gc2U";
    private static final String RANDOM_35 = "a8Kd02nXq7Lw3Zr5Tb1VQe4Mh6Jy9Ps0Gc2";
    private static final String RANDOM_16 = "A8KD02NXQ7LW3ZR5";
    private static final String HEADER = "eyJ" + "hbGciOiJIUzI1NiJ9";
    private static final String HEX_40 = "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12";
    private static final String UUID = "0b5f6a0e-6a3c-4a3e-9f6e-0d9f3c1b2a47";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-" + "ant-api03-" + RANDOM_40,
                "sk-" + "ant-oat01-" + RANDOM_20 + "-_AA",
                "sk-" + RANDOM_40,
                "sk-" + "proj-" + RANDOM_40 + "_-" + RANDOM_40,
                "sk-" + "or-v1-" + HEX_40,
                "gh" + "p_" + RANDOM_36,
                "gh" + "o_" + RANDOM_36,
                "gh" + "u_" + RANDOM_36,
                "gh" + "s_" + RANDOM_36,
                "gh" + "r_" + RANDOM_40,
                "github" + "_pat_" + RANDOM_20 + "aB_" + RANDOM_40,
                "gl" + "pat-" + RANDOM_20,
                "gl" + "pat-" + RANDOM_20 + ".01.1a2b3c4d5",
                "np" + "m_" + RANDOM_36,
                "pypi" + "-AgEIcHlwaS5vcmc" + RANDOM_40,
                "AK" + "IA" + RANDOM_16,
                "AS" + "IA" + RANDOM_16,
                "AI" + "za" + RANDOM_35,
                "xox" + "b-123456789012-" + RANDOM_20,
                "xox" + "a-2-" + RANDOM_20,
                "xox" + "p-" + RANDOM_20,
                "xox" + "o-" + RANDOM_20,
                "xox" + "s-" + RANDOM_20,
                "xox" + "r-" + RANDOM_20,
                "sk" + "_live_" + RANDOM_20,
                "rk" + "_live_" + RANDOM_20,
                "123456789" + ":" + RANDOM_35,
                "12345678" + ":" + RANDOM_35,
                HEADER + ".e30." + RANDOM_20,
                HEADER + "." + RANDOM_20 + "." + RANDOM_20 + "." + RANDOM_20 + "." + RANDOM_20,
            })
    void a_token_is_hidden_wherever_it_stands(String token) {
        for (String around : new String[] {"%s", "see %s for", "a=%s&b", "(%s)", "\"%s\"", "\\n%s\\n", "[31m%s [0m"}) {
            assertThat(redact(around.formatted(token))).isEqualTo(around.formatted("[redacted]"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "https://api.telegram.org/bot123456789:" + RANDOM_35
                        + "/getMe|https://api.telegram.org/bot[redacted]/getMe",
                "https://hooks.slack" + ".com/services/T01/B01/" + RANDOM_20 + "|https://hooks.slack"
                        + ".com/services/[redacted]",
                "postgres://me:hunter2@db:5432/x|postgres://me:[redacted]@db:5432/x",
                "redis://:a:b@c@r/0|redis://:[redacted]@r/0",
                "git clone https://me:x@git.example.com/r.git|git clone https://me:[redacted]@git.example.com/r.git",
                "Authorization: Bearer abcdefgh|Authorization: Bearer [redacted]",
                "-H 'authorization: basic dXNlcjpwYXNz'|-H 'authorization: basic [redacted]'",
                "{\"Authorization\":\"Bearer abc.def~gh==\"}|{\"Authorization\":\"Bearer [redacted]\"}",
                "{\\\"Proxy-Authorization\\\": \\\"Bearer abcdefgh\\\"}"
                        + "|{\\\"Proxy-Authorization\\\": \\\"Bearer [redacted]\\\"}",
                "aws_secret_access_key = " + RANDOM_40 + "|aws_secret_access_key = [redacted]",
                "\"SecretAccessKey\": \"" + RANDOM_40 + "\"|\"SecretAccessKey\": \"[redacted]\"",
                "AWS_SECRET_ACCESS_KEY=abcdefghijklmnopqrstABCDEFGHIJKLMNOPQRST|AWS_SECRET_ACCESS_KEY=[redacted]",
                "password=" + RANDOM_20 + "|password=[redacted]",
                "DB_PASSWORD=\"k8$Zp!(x9Q,w2)Lr7T\" # mine|DB_PASSWORD=\"[redacted]\" # mine",
                "\"api_key\": \"" + RANDOM_20 + "\"|\"api_key\": \"[redacted]\"",
                "\\\"apiKey\\\":\\\"" + RANDOM_20 + "\\\"|\\\"apiKey\\\":\\\"[redacted]\\\"",
                "token: " + RANDOM_20 + ", next|token: [redacted], next",
                "?access_token=" + RANDOM_20 + "&x=1|?access_token=[redacted]&x=1",
                "secret => '" + RANDOM_20 + "'|secret => '[redacted]'",
                "session_secret=" + HEX_40 + "|session_secret=[redacted]",
                "client_secret: " + UUID + "|client_secret: [redacted]",
            })
    void of_a_secret_in_its_place_only_the_secret_is_hidden(String text, String hidden) {
        assertThat(redact(text)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task-12345",
                "task-" + RANDOM_40,
                "risk-" + RANDOM_40,
                "task-ant-colony-optimization-of-2026",
                "sk-learn and sk-fading-circle-container-12",
                "sk-" + "ant-...",
                "gh" + "p_short",
                "npm_config_registry_of_the_whole_company_2026",
                "Asia/Tokyo, AKIAPHROD",
                "AK" + "IA" + RANDOM_16 + "X",
                "AI" + "za" + RANDOM_35 + "x",
                "xoxo-love",
                "1234567:" + RANDOM_35,
                "12345678901:" + RANDOM_35,
                "2026-11-28T14:25:01.000Z",
                HEADER,
                HEADER + "." + RANDOM_20,
                HEADER + ".toString.call",
                HEX_40,
                "commit " + HEX_40 + " of " + UUID,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "\"session_id\":\"" + UUID + "\"",
                "\"input_tokens\":1234567890123456,\"output_tokens\":12",
                "/home/me/projects/password/reset_token_v2/index.html",
                "claude-opus-4-20250514 claude-3-5-sonnet-20241022",
                "token: claude-3-5-sonnet-20241022",
                "password: please-choose-a-long-one",
                "const token = await request.getTokenOfUser(userId42);",
                "password=${DB_PASSWORD_a1b2c3d4e5}",
                "password=$DB_PASSWORD_a1b2c3d4e5",
                "secret: process.env.MY_SECRET_NAME_V2",
                "The token: it expires at 2026-11-28T14:25:01.000Z",
                "secret:\n" + RANDOM_20,
                "author: " + RANDOM_20,
                "Authorization: Bearer <token>",
                "Authorization: Bearer $TOKEN_OF_MINE",
                "Authorization: none",
                "Authorization:            abcdefghijkl",
                "http://localhost:8080/x@y",
                "http://user@example.com:80/",
                "http://[::1]:8080/",
                "://a:b@c",
                "git@github.com:me/r.git",
                "https://hooks.slack" + ".com/services/",
                "-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkq\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----\nMIIEvQIBADANBgkq",
                "grep -- '-----BEGIN RSA PRIVATE KEY-----' *",
                "text.contains(\\\"-----BEGIN PRIVATE KEY-----\\\")",
                "-----BEGIN PRIVATE KEY-----",
                "[redacted] token=[redacted] http://a:[redacted]@b Bearer [redacted]",
            })
    void what_only_resembles_a_secret_stays_readable(String text) {
        assertThat(redact(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\\n", "\\r\\n", "\\\\n", " "})
    void a_private_key_is_hidden_to_its_end(String newline) {
        for (String kind : new String[] {"", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "}) {
            String key = "-----BEGIN " + kind + "PRIVATE KEY-----" + newline + "MIIEvQ+/=" + newline + "-----END "
                    + kind + "PRIVATE KEY-----";

            assertThat(redact("a " + key + " b " + key + "\nc")).isEqualTo("a [redacted] b [redacted]\nc");
        }
    }

    @ParameterizedTest
    @CsvSource({"'',''", "'\"x','\"x'", "'\\\"x','\\\"x'", "'-----END',''", "'-----END PGP PRIVATE KEY BLOCK-----x',x"})
    void a_private_key_that_is_cut_off_is_hidden_to_the_end_of_the_text_or_string(String rest, String kept) {
        assertThat(redact("a -----BEGIN PGP PRIVATE KEY BLOCK-----\nProc-Type: 4\n\nMIIEvQ" + rest))
                .isEqualTo("a [redacted]" + kept);
    }

    private static String redact(String text) {
        return Redactor.SHAPES_ONLY.redact(text);
    }
}
