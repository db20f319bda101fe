package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.paths;
import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeNameTest {
    @TempDir
    Path directory;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: such names cannot exist there")
    void usual_names_stay_as_they_are_in_any_locale() throws IOException {
        for (String name : List.of("a b", "quo\"te's", "back\\slash", "end\\", "line\nbreak", "tab\t", "100%", "%41")) {
            assertThat(shown(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a name is text, not bytes")
    void names_in_utf8_stay_as_they_are_in_any_locale() throws IOException {
        for (String name : List.of("é", "日本語.txt", "\uD834\uDD1E", "\uFFFD", "é\\n")) {
            assertThat(shown(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a name is text, not bytes")
    void a_byte_that_is_not_utf8_is_shown_in_hex() throws IOException {
        assertThat(shown(new byte[] {'c', 'a', 'f', (byte) 0xE9})).isEqualTo("caf\\xE9");
        assertThat(shown(new byte[] {(byte) 0xC3, (byte) 0xA9, (byte) 0xFF, 'x'}))
                .isEqualTo("é\\xFFx");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a name is text, not bytes")
    void a_name_that_only_looks_like_that_is_told_apart() throws IOException {
        assertThat(shown("caf\\xE9".getBytes(StandardCharsets.UTF_8))).isEqualTo("caf\\x5CxE9");
        assertThat(shown("\\x5C".getBytes(StandardCharsets.UTF_8))).isEqualTo("\\x5Cx5C");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a name is text, not bytes")
    void any_bytes_lead_back_to_their_file_and_no_two_names_look_the_same() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] alphabet = "\\\\\\xx5C0E9%41 \n\u00e9\u20ac".getBytes(StandardCharsets.UTF_8);
        Set<String> names = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] name = new byte[1 + random.nextInt(8)];
            for (int k = 0; k < name.length; k++) {
                name[k] = alphabet[random.nextInt(alphabet.length)];
            }
            names.add(new String(name, StandardCharsets.ISO_8859_1));
            texts.add(shown(name));
        }
        assertThat(texts).hasSameSizeAs(names);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a name is text, not bytes")
    void changes_of_files_with_hostile_names_are_found_and_hashed() throws IOException {
        create(new byte[] {(byte) 0xE9});
        create("line\nbreak".getBytes(StandardCharsets.UTF_8));
        WorkingDirectory work = new WorkingDirectory(directory);
        Manifest before = work.scan();
        Files.writeString(create(new byte[] {(byte) 0xE9}), "abc");
        create(new byte[] {(byte) 0xE8});

        ChangeList changes = work.changesSince(before);

        assertThat(told(changes)).containsExactly("added \\xE8", "modified \\xE9");
        assertThat(changes.changes()).allMatch(change -> change.sha256() != null);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere a name is text, not bytes")
    void targets_of_symlinks_are_kept_byte_by_byte() throws IOException {
        Path target = raw(new byte[] {(byte) 0xE9});
        Path link = directory.resolve("link");
        Files.createSymbolicLink(link, directory.relativize(target));
        WorkingDirectory work = new WorkingDirectory(directory);
        Manifest before = work.scan();
        Files.delete(link);
        Files.createSymbolicLink(link, directory.relativize(raw(new byte[] {(byte) 0xE8})));

        assertThat(told(work.changesSince(before))).containsExactly("modified link");
    }

    @Test
    void half_a_surrogate_pair_can_be_written_anywhere_and_leads_back() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path top = Files.createDirectory(windows.getPath("C:\\w"));
            Files.writeString(top.resolve("a\uD800b\uDFFF"), "abc");
            Files.writeString(top.resolve("\uD834\uDD1E"), "abc");
            Manifest before = new ManifestScanner(List.of()).scan(windows.getPath("C:\\none"));

            Manifest manifest = new ManifestScanner(List.of()).scan(top);

            assertThat(paths(manifest)).containsExactly("a\\xED\\xA0\\x80b\\xED\\xBF\\xBF", "\uD834\uDD1E");
            assertThat(NativeName.resolve(top, "a\\xED\\xA0\\x80b\\xED\\xBF\\xBF"))
                    .exists();
            assertThat(before.size()).isZero();
        }
    }

    /** The text for a file of that name, after it was found to lead back to it. */
    private String shown(byte[] name) throws IOException {
        Path file = create(name);
        String text = NativeName.of(file);
        assertThat(text).isEqualTo(NativeName.of(name));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
        assertThat(NativeName.resolve(directory, text)).isEqualTo(file).exists();
        return text;
    }

    private Path create(byte[] name) throws IOException {
        return Files.write(raw(name), name);
    }

    private Path raw(byte[] name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name) {
            encoded.append(String.format("%%%02X", b));
        }
        return Path.of(URI.create(directory.toUri().toString() + encoded));
    }
}
