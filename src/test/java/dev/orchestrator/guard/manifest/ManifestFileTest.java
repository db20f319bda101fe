package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.guard.manifest.FileStat.Kind;
import dev.orchestrator.guard.manifest.Manifest.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
    private static final ObjectId BLOB = ObjectId.fromString("5f2a09c1e8f6d1a1c6c0c1f3a1b2c3d4e5f60718");

    @TempDir
    Path directory;

    @Test
    void everything_in_a_manifest_comes_back() throws IOException {
        Manifest written = Manifest.of(
                directory,
                List.of(
                        new Entry("a", new FileStat(Kind.FILE, 07755, Long.MAX_VALUE, -1, 2, -3, null), BLOB),
                        new Entry("b", new FileStat(Kind.SYMLINK, 0777, 1, 2, 3, 4, "to/a"), null),
                        new Entry("c", new FileStat(Kind.OTHER, 0, 0, Long.MIN_VALUE, 0, 0, null), null),
                        new Entry("d/.git", FileStat.GIT_DIRECTORY, null)),
                List.of(".", "private/x"),
                new IgnoreFiles(
                        new TreeMap<>(Map.of("", "", "..", "a\n")),
                        new TreeMap<>(Map.of("src", "*.o\n\tx\\\n", "tab\there", "b"))));

        Manifest read = writtenAndRead(written);

        assertThat(read.directory()).isEqualTo(directory);
        assertThat(read.entries()).isEqualTo(written.entries());
        assertThat(read.gaps()).containsExactly(".", "private/x");
        assertThat(read.ignoreFiles()).isEqualTo(written.ignoreFiles());
    }

    @Test
    void hostile_names_come_back() throws IOException {
        List<String> names = List.of(
                " ",
                " a ",
                "\\",
                "\\n",
                "\n",
                "end 0",
                "\nend 0",
                "\r\n",
                "\t",
                "a\tb",
                "\"'",
                "é",
                "\uD834\uDD1E",
                "\\xE9",
                "gap a",
                "a\u2028b",
                "a\0b");
        Manifest written = Manifest.of(
                directory,
                Stream.concat(
                                names.stream().map(name -> entry(name, null)),
                                names.stream().map(name -> entry("link" + name, name)))
                        .toList(),
                names,
                IgnoreFiles.NONE);

        Manifest read = writtenAndRead(written);

        assertThat(read.entries()).isEqualTo(written.entries());
        assertThat(read.gaps()).isEqualTo(written.gaps());
    }

    @Test
    void a_run_can_be_judged_by_what_was_kept() throws IOException {
        WorkingDirectory work =
                new WorkingDirectory(directory.resolve("work")).write("a", "1").write("b", "1");
        Manifest kept = writtenAndRead(work.scan());
        work.write("b", "22").write("c", "1");

        assertThat(told(work.changesSince(kept))).containsExactly("modified b", "added c");
    }

    @Test
    void a_file_cut_anywhere_is_recognised() throws IOException {
        byte[] whole = written(entry("a", null), entry("b", "c"));
        Path file = directory.resolve("m.gz");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(ManifestFile.read(file))
                    .as("%d of %d bytes", length, whole.length)
                    .isEmpty();
        }
    }

    @Test
    void text_cut_anywhere_is_recognised() throws IOException {
        byte[] text = text(written(entry("a", null), entry("b", "c")));
        for (int length = 0; length < text.length - 1; length++) {
            assertThat(read(Arrays.copyOf(text, length)))
                    .as("%d of %d bytes", length, text.length)
                    .isEmpty();
        }
    }

    @Test
    void a_missing_line_is_recognised() throws IOException {
        IgnoreFiles ignoreFiles = new IgnoreFiles(new TreeMap<>(Map.of("", "x")), new TreeMap<>(Map.of("src", "y")));
        Path file = directory.resolve("m.gz");
        List<Entry> entries = List.of(entry("a", null), entry("b", "c"));
        ManifestFile.write(file, Manifest.of(directory, entries, List.of("gap"), ignoreFiles));
        String text = new String(text(Files.readAllBytes(file)), StandardCharsets.UTF_8);
        String[] lines = text.split("(?<=\n)");
        assertThat(lines).hasSize(8);
        for (String line : lines) {
            assertThat(read(text.replace(line, "").getBytes(StandardCharsets.UTF_8)))
                    .as(line)
                    .isEmpty();
        }
        assertThat(read((text + "more\n").getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void another_version_is_not_read() throws IOException {
        String text = new String(text(written(entry("a", null))), StandardCharsets.UTF_8);
        String newer = text.replace("orchestrator-manifest 2", "orchestrator-manifest 3");

        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isPresent();
        assertThat(read(newer.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void what_is_no_manifest_at_all_is_not_read() throws IOException {
        Path file = Files.writeString(directory.resolve("m.gz"), "hello");

        assertThat(ManifestFile.read(file)).isEmpty();
        assertThat(ManifestFile.read(directory.resolve("missing"))).isEmpty();
    }

    @Test
    void a_new_manifest_replaces_the_old_one_and_leaves_nothing_beside_it() throws IOException {
        Path file = directory.resolve("m.gz");
        Files.writeString(directory.resolve(".m.gz.tmp"), "left by a crash");
        ManifestFile.write(file, Manifest.of(directory, List.of(entry("a", null)), List.of(), IgnoreFiles.NONE));
        ManifestFile.write(file, Manifest.of(directory, List.of(entry("b", null)), List.of(), IgnoreFiles.NONE));

        assertThat(WorkingDirectory.paths(ManifestFile.read(file).orElseThrow()))
                .containsExactly("b");
        assertThat(directory).isDirectoryContaining(path -> path.endsWith("m.gz"));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void a_write_that_fails_leaves_the_old_file_and_no_other() throws IOException {
        Path file = directory.resolve("m.gz");
        ManifestFile.write(file, Manifest.of(directory, List.of(entry("a", null)), List.of(), IgnoreFiles.NONE));
        FileStat stat = new FileStat(null, 0, 0, 0, 0, 0, null);
        Manifest unwritable = Manifest.of(directory, List.of(new Entry("b", stat, null)), List.of(), IgnoreFiles.NONE);

        assertThatThrownBy(() -> ManifestFile.write(file, unwritable)).isInstanceOf(NullPointerException.class);

        assertThat(WorkingDirectory.paths(ManifestFile.read(file).orElseThrow()))
                .containsExactly("a");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).hasSize(1);
        }
    }

    private static Entry entry(String path, String target) {
        return new Entry(path, new FileStat(target == null ? Kind.FILE : Kind.SYMLINK, 0644, 1, 2, 3, 4, target), null);
    }

    private Manifest writtenAndRead(Manifest manifest) throws IOException {
        Path file = directory.resolve("m.gz");
        ManifestFile.write(file, manifest);
        return ManifestFile.read(file).orElseThrow();
    }

    private byte[] written(Entry... entries) throws IOException {
        Path file = directory.resolve("m.gz");
        ManifestFile.write(file, Manifest.of(directory, List.of(entries), List.of(), IgnoreFiles.NONE));
        return Files.readAllBytes(file);
    }

    private static byte[] text(byte[] gzipped) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(gzipped)).readAllBytes();
    }

    private Optional<Manifest> read(byte[] text) throws IOException {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzipped)) {
            out.write(text);
        }
        return ManifestFile.read(Files.write(directory.resolve("m.gz"), gzipped.toByteArray()));
    }
}
