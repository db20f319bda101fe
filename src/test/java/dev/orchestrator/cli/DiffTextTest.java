package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever approves a patch has to have seen all that is in it. */
class DiffTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x1b, 0xad, 0x34f, 0x61c, 0x3164, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028,
                0x202e, 0x2060, 0x2064, 0x2066, 0xfe00, 0xfe0f, 0xfeff, 0xe0000, 0xe0001, 0xe0041, 0xe007f, 0xe0100,
                0xe01ef
            })
    void what_cannot_be_seen_is_made_visible(int character) throws IOException {
        String hidden = new String(Character.toChars(character));
        assertThat(shown("+is" + hidden + "Admin\n")).isEqualTo("+is?Admin\n");
    }

    @Test
    void what_can_be_seen_is_shown_as_it_is() throws IOException {
        String text = "+\tgr\u00fc\u00dfe, e\u0301 \u4f60\u597d \u05e9\u05dc\u05d5\u05dd \ud83d\ude00 a\u00a0b\n";
        assertThat(shown(text)).isEqualTo(text);
    }

    private static String shown(String patch) throws IOException {
        StringWriter out = new StringWriter();
        try (PrintWriter writer = new PrintWriter(out)) {
            new DiffText(writer, false).print(new ByteArrayInputStream(patch.getBytes(StandardCharsets.UTF_8)));
        }
        return out.toString().replace(System.lineSeparator(), "\n");
    }
}
