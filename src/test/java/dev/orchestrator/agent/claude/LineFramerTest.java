package dev.orchestrator.agent.claude;

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

    private void feed(byte[] bytes, int from, int to) {
        framer.feed(ByteBuffer.wrap(bytes, from, to - from));
    }
}
