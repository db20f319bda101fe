package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.secret.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    private static final String SECRET = "quoted\"and\\slashed 77";
    private final Redactor redactor = Redactor.of(Map.of("MY_TOKEN", SECRET), List.of());

    @TempDir
    Path directory;

    @Test
    void a_stream_keeps_its_documents() throws IOException {
        ObjectMapper json = new ObjectMapper();
        Path file = Files.writeString(
                directory.resolve("a.stream.ndjson"),
                "{\"a\":" + json.writeValueAsString(SECRET) + "}\nno document, " + SECRET + "\n\n{\"b\":1}\n{\"c\":\""
                        + SECRET);

        RecordFile.redact(file, redactor);

        assertThat(file)
                .hasContent("{\"a\":\"[redacted]\"}\nno document, [redacted]\n\n{\"b\":1}\n{\"c\":\"[redacted]");
    }

    @Test
    void a_file_without_secrets_is_not_touched_nor_is_one_a_second_time() throws IOException {
        Path clean = Files.writeString(directory.resolve("a.stream.ndjson"), "{\"a\":1}\n");
        Object before = Files.readAttributes(clean, "*").get("fileKey");
        RecordFile.redact(clean, redactor);
        assertThat(Files.readAttributes(clean, "*").get("fileKey")).isEqualTo(before);

        Path dirty = Files.writeString(directory.resolve("b.stderr.log"), SECRET);
        RecordFile.redact(dirty, redactor);
        Object once = Files.readAttributes(dirty, "*").get("fileKey");
        RecordFile.redact(dirty, redactor);
        assertThat(Files.readAttributes(dirty, "*").get("fileKey")).isEqualTo(once);
        assertThat(directory).isDirectoryContaining(dirty::equals).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_key_of_many_lines_is_hidden_whole_in_a_text() throws IOException {
        Path file = Files.writeString(
                directory.resolve("a.stderr.log"),
                "before\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\nEFAASCBKcwggSj\n-----END PRIVATE"
                        + " KEY-----\nbehind\n");

        RecordFile.redact(file, Redactor.SHAPES_ONLY);

        assertThat(file).hasContent("before\n[redacted]\nbehind\n");
    }

    @Test
    void a_key_of_many_lines_is_hidden_whole_wherever_it_lies_in_a_large_text() throws IOException {
        String key = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQ\n".repeat(40)
                + "-----END PRIVATE KEY-----\n";
        String before = "nothing to hide\n".repeat((1 << 20) / 16 - 20);
        Path file = Files.writeString(directory.resolve("a.stderr.log"), before + key + "behind\n");

        RecordFile.redact(file, Redactor.SHAPES_ONLY);

        assertThat(Files.readString(file).substring(before.length())).isEqualTo("[redacted]\nbehind\n");
    }

    @Test
    void a_key_that_begins_and_does_not_end_makes_no_piece_of_all_the_rest() throws IOException {
        byte[] bytes = ("-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQ\n".repeat(100_000))
                .getBytes(StandardCharsets.UTF_8);
        Pieces all = new Pieces(new ByteArrayInputStream(bytes), 1_000);

        assertThat(all.next()).hasSizeBetween(1 << 16, (1 << 16) + 100);
        assertThat(all.next()).hasSizeLessThan(1_100);
    }

    @Test
    void what_is_not_there_or_is_somebody_elses_is_left_alone() throws IOException {
        RecordFile.redact(directory.resolve("gone.stderr.log"), redactor);
        RecordFile.redact(directory, redactor);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: links need a right there")
    void a_link_is_not_followed() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), SECRET);
        Path link = Files.createSymbolicLink(directory.resolve("a.stderr.log"), target);

        RecordFile.redact(link, redactor);

        assertThat(target).hasContent(SECRET);
    }

    @Test
    void every_byte_is_in_one_piece_and_none_but_the_last_ends_within_a_line() throws IOException {
        byte[] bytes = "one\n\ntwo\nthree".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        for (int enough : List.of(0, 7, 100_000)) {
            List<byte[]> pieces = new ArrayList<>();
            Pieces all = new Pieces(new ByteArrayInputStream(bytes), enough);
            for (byte[] piece = all.next(); piece != null; piece = all.next()) {
                pieces.add(piece);
            }
            assertThat(pieces.stream().mapToInt(piece -> piece.length).sum()).isEqualTo(bytes.length);
            assertThat(pieces.subList(0, pieces.size() - 1))
                    .allSatisfy(piece -> assertThat(piece[piece.length - 1]).isEqualTo((byte) '\n'));
        }
    }
}
