package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.testkit.disk.FaultyDisk;
import dev.orchestrator.testkit.disk.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
    @TempDir
    Path directory;

    @Test
    void a_file_is_created_and_replaced() throws IOException {
        Path file = directory.resolve("a.json");
        AtomicFile.write(file, "one\n");
        assertThat(file).hasContent("one\n");
        AtomicFile.write(file, "zwei ✓\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.readString(file)).isEqualTo("zwei ✓\n");
        assertThat(names()).containsExactly("a.json");
    }

    @Test
    void content_that_fails_half_way_leaves_the_old_file_and_no_other() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("half way");
                }))
                .hasMessage("half way");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.json");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"WRITE", "HALF_WRITE", "SYNC", "MOVE"})
    void a_disk_that_refuses_leaves_the_old_file_and_no_other(Fault fault) throws IOException {
        FaultyDisk disk = new FaultyDisk();
        Path file = disk.on(Files.writeString(directory.resolve("a.json"), "old"));
        disk.set(fault);
        assertThatThrownBy(() -> AtomicFile.write(file, "new content")).isInstanceOf(IOException.class);
        assertThat(directory.resolve("a.json")).hasContent("old");
        assertThat(names()).containsExactly("a.json");
    }

    @Test
    void a_reader_sees_the_old_or_the_new_content_never_half() throws Exception {
        Path file = directory.resolve("a.txt");
        String a = "a".repeat(100_000);
        String b = "b".repeat(150_000);
        AtomicFile.write(file, a);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 30; i++) {
                    AtomicFile.write(file, i % 2 == 0 ? b : a);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });
        writer.start();
        do {
            assertThat(Files.readString(file)).isIn(a, b);
        } while (!done.get());
        writer.join();
        assertThat(file).hasContent(a);
    }

    @Test
    void its_temporary_files_are_called_as_it_says() throws IOException {
        Path target = directory.resolve("a.json");
        AtomicFile.write(
                target,
                out -> assertThat(names())
                        .singleElement()
                        .asString()
                        .matches(AtomicFile.temporary("[a-z]\\.json"))
                        .doesNotMatch(AtomicFile.temporary("b\\.json")));
    }

    @Test
    void a_leftover_of_an_earlier_process_is_in_nobodys_way() throws IOException {
        for (int i = 0; i < 2000; i++) {
            Files.createFile(directory.resolve(".a.json." + i + ".tmp"));
        }
        AtomicFile.write(directory.resolve("a.json"), "new");
        assertThat(directory.resolve("a.json")).hasContent("new");
    }

    @Test
    void a_name_as_long_as_the_longest_artifact_can_be_written() throws IOException {
        Path file = directory.resolve("x".repeat(80) + ".turn-1000000.json");
        AtomicFile.write(file, "{}");
        assertThat(file).exists();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
