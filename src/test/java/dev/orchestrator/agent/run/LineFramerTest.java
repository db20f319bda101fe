package dev.orchestrator.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineFramerTest {
    private final List<String> lines = new ArrayList<>();
    private final LineFramer framer = new LineFramer(10, line -> lines.add(new String(line, StandardCharsets.UTF_8)));

    @Test
    void lines_are_the_same_wherever_the_reads_are_split() {
        byte[] bytes = "one\n\nzwölf €uro\n0123456789\n01234567890\r\nlast".getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                lines.clear();
                int skipped = framer.skipped();
                feed(bytes, 0, first);
                feed(bytes, first, second);
                feed(bytes, second, bytes.length);
                framer.finish();

                assertThat(lines).as("split at %d and %d", first, second).containsExactly("one", "0123456789", "last");
                assertThat(framer.skipped() - skipped).isEqualTo(2);
            }
        }
    }

    @Test
    void an_unfinished_line_waits_for_its_end() {
        feed("half".getBytes(StandardCharsets.UTF_8), 0, 4);
        assertThat(lines).isEmpty();
        feed("er\n".getBytes(StandardCharsets.UTF_8), 0, 3);
        assertThat(lines).containsExactly("halfer");
        framer.finish();
        assertThat(lines).hasSize(1);
    }

    @Test
    void a_line_that_is_too_long_and_never_ends_counts_once() {
        feed("x".repeat(50).getBytes(StandardCharsets.UTF_8), 0, 50);
        framer.finish();
        framer.finish();

        assertThat(lines).isEmpty();
        assertThat(framer.skipped()).isEqualTo(1);
    }

    @Test
    void zero_bytes_belong_to_no_line() {
        byte[] bytes = "\0\0\0one\nt\0wo\n\0\n\0".getBytes(StandardCharsets.UTF_8);
        feed(bytes, 0, bytes.length);
        framer.finish();

        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void bytes_that_are_no_characters_spoil_their_own_line_only() {
        byte[] bytes = "a\u00ff\n{\"k\":\"\u00e2\u0082\"}\nnext".getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at <= bytes.length; at++) {
            lines.clear();
            feed(bytes, 0, at);
            feed(bytes, at, bytes.length);
            framer.finish();
            assertThat(lines).as("split at %d", at).hasSize(3).endsWith("next");
        }
    }

    private void feed(byte[] bytes, int from, int to) {
        framer.feed(ByteBuffer.wrap(bytes, from, to - from));
    }
}
