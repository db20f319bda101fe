package dev.orchestrator.agent.claude;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.agent.run.LineFramer;
import dev.orchestrator.agent.run.StreamTail;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StreamTailTest {
    private static final int LIMIT = 1 << 20;
    private static final String RESULT =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"%s\"}";

    @TempDir
    Path temp;

    private final List<String> lines = new ArrayList<>();
    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(temp.resolve("stream"), "");
    }

    @Test
    void a_file_that_was_cut_and_is_appended_to_is_read_from_its_start() throws IOException {
        try (StreamTail tail = tail()) {
            append("one\ntwo\nhal");
            assertThat(tail.readOn()).isTrue();
            Files.write(file, new byte[0], TRUNCATE_EXISTING, WRITE);
            append("three\n");
            assertThat(tail.readOn()).isTrue();
            assertThat(tail.readOn()).isFalse();
        }
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void a_file_that_was_cut_while_its_writer_goes_on_where_it_was_is_read_on() throws IOException {
        try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw");
                StreamTail tail = tail()) {
            writer.write("one\n".getBytes(StandardCharsets.UTF_8));
            tail.readOn();
            long at = writer.getFilePointer();
            writer.setLength(0);
            tail.readOn();
            writer.seek(at);
            writer.write("two\n".getBytes(StandardCharsets.UTF_8));
            tail.readToEnd();
        }
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: an open file cannot be replaced there")
    void a_file_that_was_replaced_does_not_matter_since_the_writer_has_the_old_one_too() throws IOException {
        try (OutputStream writer = Files.newOutputStream(file);
                StreamTail tail = tail()) {
            Path other = Files.writeString(temp.resolve("other"), "of somebody else\n");
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            writer.write("one\n".getBytes(StandardCharsets.UTF_8));
            tail.readToEnd();
        }
        assertThat(lines).containsExactly("one");
    }

    @Test
    void a_hundred_megabytes_in_one_line_take_no_more_room_than_the_limit() throws IOException {
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        try (OutputStream writer = Files.newOutputStream(file)) {
            for (int i = 0; i < 100; i++) {
                writer.write(megabyte);
            }
            writer.write("\nnext\n".getBytes(StandardCharsets.UTF_8));
        }
        LineFramer framer = new LineFramer(LIMIT, line -> lines.add(new String(line, StandardCharsets.UTF_8)));
        try (StreamTail tail = StreamTail.open(file, framer, Long.MAX_VALUE)) {
            tail.readToEnd();
        }
        assertThat(lines).containsExactly("next");
        assertThat(framer.skipped()).isEqualTo(1);
    }

    @Test
    void no_more_is_read_than_wanted_and_one_look_at_a_huge_file_ends() throws IOException {
        append("one\ntwo\n");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw");
                StreamTail tail = tail(1L << 30);
                StreamTail little = tail(5)) {
            assertThat(little.isTooLong()).isTrue();
            little.readToEnd();
            assertThat(lines).containsExactly("one", "t");

            huge.setLength(1L << 31);
            assertThat(tail.readOn()).isTrue();
            assertThat(tail.isTooLong()).isTrue();
            assertThat(tail.toString()).as("some of it").contains("(1048576 bytes read)");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: there are no named pipes in a file system there")
    @Timeout(60)
    void a_pipe_in_the_place_of_the_file_is_not_waited_for() throws Exception {
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(this::tail).hasMessageContaining("in the place of this file");
    }

    @Test
    void a_result_needs_no_line_break_and_the_last_of_two_counts() throws IOException {
        append(RESULT.formatted("first") + "\n\0\0{\"type\":\"news\"}\n[1]\n\"x\"\n" + RESULT.formatted("last"));
        Transcript transcript = new Transcript();
        try (StreamTail tail = StreamTail.open(file, new LineFramer(LIMIT, transcript::line), Long.MAX_VALUE)) {
            tail.readOn();
            assertThat(transcript.result().orElseThrow().path("result").asText())
                    .isEqualTo("first");
            tail.readToEnd();
        }
        assertThat(transcript.result().orElseThrow().path("result").asText()).isEqualTo("last");
    }

    private StreamTail tail() throws IOException {
        return tail(Long.MAX_VALUE);
    }

    private StreamTail tail(long most) throws IOException {
        return StreamTail.open(
                file, new LineFramer(LIMIT, line -> lines.add(new String(line, StandardCharsets.UTF_8))), most);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, APPEND);
    }
}
