package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaAddressTest {
    private static final List<String> PIECES = List.of(
            "http://",
            "https://",
            ":",
            "::",
            "[",
            "]",
            "/",
            ".",
            "..",
            "-",
            "_",
            "%",
            "%2",
            "0",
            "1",
            "127",
            "65535",
            "a",
            "F",
            "localhost",
            "ollama.com",
            "\"",
            "'",
            " ",
            "\u00fc",
            "x".repeat(63),
            "~",
            "0.0.0.0");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\",                        http://127.0.0.1:11434",
                "\"  \",                      http://127.0.0.1:11434",
                "llama.lan,                   http://llama.lan:11434",
                "\"  llama.lan \",            http://llama.lan:11434",
                "llama.lan:1234,              http://llama.lan:1234",
                "llama_box:1234,              http://llama_box:1234",
                "1.2.3.4,                     http://1.2.3.4:11434",
                ":1234,                       http://127.0.0.1:1234",
                "0.0.0.0,                     http://127.0.0.1:11434",
                "0.0.0.0:1234,                http://127.0.0.1:1234",
                "::,                          http://[::1]:11434",
                "[::]:1234,                   http://[::1]:1234",
                "[::1],                       http://[::1]:11434",
                "[::1]:1234,                  http://[::1]:1234",
                "::1,                         http://[::1]:11434",
                "2001:db8::7,                 http://[2001:db8::7]:11434",
                "http://llama.lan,            http://llama.lan:80",
                "HTTP://llama.lan,            http://llama.lan:80",
                "http://llama.lan:1234,       http://llama.lan:1234",
                "https://llama.lan,           https://llama.lan:443",
                "https://llama.lan:1234/,     https://llama.lan:1234",
                "https://llama.lan/a/b/,      https://llama.lan:443/a/b",
                "llama.lan:1234/a,            http://llama.lan:1234/a",
                "ollama.com,                  https://ollama.com:443",
                "ollama.com:80,               http://ollama.com:80",
                "llama.lan:many,              http://llama.lan:11434",
                "llama.lan:70000,             http://llama.lan:11434",
                "llama.lan:-1,                http://llama.lan:11434",
                "https://llama.lan:many,      https://llama.lan:443",
                "llama.lan:,                  http://llama.lan:11434",
                "llama.lan:0,                 http://llama.lan:11434",
                "LLAMA.lan,                   http://llama.lan:11434",
                "'llama.lan:1234',            http://llama.lan:1234",
                "' llama.lan ',               http://llama.lan:11434",
                "\"\"\"0.0.0.0:1234\"\"\",        http://127.0.0.1:1234",
                "[0:0:0:0:0:0:0:0]:1234,      http://[::1]:1234",
                "2001:DB8:0:0::7,             http://[2001:db8::7]:11434",
                "::ffff:0.0.0.0,              http://127.0.0.1:11434"
            })
    void an_address_is_read_as_ollama_reads_its_own_variable(String text, String expected) {
        assertThat(OllamaAddress.parse(text)).hasToString(expected);
        assertThat(OllamaAddress.parse(expected)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://llama.lan",
                "user:secret@llama.lan",
                "http://user@llama.lan",
                "a b",
                "a\nb",
                "[nonsense",
                "a?b=c",
                "a/b?c d",
                "a..b",
                "..",
                "[1:2]",
                ":::",
                "a'b",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.lan",
                "://"
            })
    void what_is_no_address_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OllamaAddress.parse(text));
    }

    /** Whoever asks there would fail with every task, and long after the settings were read. */
    @Test
    void whatever_is_taken_for_an_address_can_be_asked() {
        long seed = 4711;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(12); left > 0; left--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            OllamaAddress address;
            try {
                address = OllamaAddress.parse(text.toString());
            } catch (IllegalArgumentException e) {
                continue;
            }
            assertThat(HttpUrl.parse(address + "/api/chat"))
                    .as("%s of \"%s\", seed %d", address, text, seed)
                    .isNotNull();
            assertThat(OllamaAddress.parse(address.toString()))
                    .as("\"%s\", seed %d", text, seed)
                    .isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true", "localhost:1, true", "[::1]:5, true", "0.0.0.0, true",
        "llama.lan, false", "ollama.com, false", "128.0.0.1, false", "localhost.evil.example, false",
        "LOCALHOST, true", "127.8.9.1:5, true", "0:0:0:0:0:0:0:1, true", "::ffff:127.0.0.1, true",
        "127.evil.example, false", "127.0.0.1.evil.example, false", "::ffff:128.0.0.1, false"
    })
    void it_knows_whether_it_is_this_machine(String text, boolean local) {
        assertThat(OllamaAddress.parse(text).isLocal()).isEqualTo(local);
    }
}
