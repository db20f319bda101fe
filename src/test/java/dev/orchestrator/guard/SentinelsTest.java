package dev.orchestrator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SentinelsTest {
    @TempDir
    Path directory;

    private List<String> changedBy(Change change, Path... watched) throws IOException {
        SortedMap<String, String> before = Sentinels.picture(List.of(watched));
        change.make();
        return Sentinels.changed(before, Sentinels.picture(List.of(watched)));
    }

    private interface Change {
        void make() throws IOException;
    }

    @Test
    void a_file_of_other_content_is_told_whatever_its_size_and_time() throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), "one");
        FileTime time = Files.getLastModifiedTime(file);
        assertThat(changedBy(
                        () -> {
                            Files.writeString(file, "two");
                            Files.setLastModifiedTime(file, time);
                        },
                        file))
                .containsExactly(file.toString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no time that programs cannot set")
    void a_file_too_large_to_be_read_is_told_whatever_its_size_and_time() throws IOException {
        Path file = directory.resolve("large");
        write(file, 65L << 20);
        FileTime time = Files.getLastModifiedTime(file);
        assertThat(changedBy(
                        () -> {
                            write(file, 0);
                            Files.setLastModifiedTime(file, time);
                        },
                        file))
                .containsExactly(file.toString());
    }

    private static void write(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), at);
        }
    }

    @Test
    void what_comes_or_goes_is_told() throws IOException {
        Path file = directory.resolve("keys");
        assertThat(changedBy(() -> Files.writeString(file, "x"), file)).containsExactly(file.toString());
        assertThat(changedBy(() -> Files.delete(file), file)).containsExactly(file.toString());
    }

    @Test
    void a_directory_is_told_when_anything_in_it_comes_goes_or_changes() throws IOException {
        Path deep = Files.createDirectories(directory.resolve("a/b"));
        assertThat(changedBy(() -> Files.writeString(deep.resolve("x"), "1"), directory))
                .containsExactly(directory.toString());
        assertThat(changedBy(() -> Files.writeString(deep.resolve("x"), "12"), directory))
                .containsExactly(directory.toString());
        assertThat(changedBy(() -> Files.delete(deep.resolve("x")), directory)).containsExactly(directory.toString());
    }

    @Test
    void what_nobody_touched_is_not_told() throws IOException {
        Files.writeString(directory.resolve("x"), "1");
        assertThat(changedBy(() -> {}, directory, directory.resolve("x"), directory.resolve("absent")))
                .isEmpty();
    }

    @Test
    void what_was_not_watched_before_does_not_count() {
        assertThat(Sentinels.changed(Map.of(), Sentinels.picture(List.of(directory))))
                .isEmpty();
    }
}
