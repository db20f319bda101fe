package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.paths;
import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackedFilesTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_600_000_000_000L);
    private static final FileTime LATER = FileTime.fromMillis(1_600_000_100_000L);
    private static final FileTime MUCH_LATER = FileTime.fromMillis(1_600_000_200_000L);

    @TempDir
    Path directory;

    private WorkingDirectory work;

    @BeforeEach
    void open() {
        work = new WorkingDirectory(directory).repository("");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void a_tracked_file_is_seen_even_where_it_is_ignored(int version) throws IOException {
        work.write(".gitignore", "vendor/\n*.jar\n");
        work.write("lib/a.jar", "")
                .write("lib/b.jar", "")
                .write("vendor/x/kept", "")
                .write("vendor/x/other", "");
        work.write("vendor/y/z", "").write("w".repeat(200) + "/a.jar", "").write("é.jar", "");
        new GitIndexFile(directory, version)
                .add("lib/a.jar")
                .add("vendor/x/kept")
                .add("w".repeat(200) + "/a.jar")
                .add("é.jar")
                .write(LATER);

        assertThat(paths(work.scan()))
                .containsExactly(".gitignore", "lib/a.jar", "vendor/x/kept", "w".repeat(200) + "/a.jar", "é.jar");
    }

    @Test
    void an_ignored_directory_is_searched_only_where_tracked_files_are() throws IOException {
        work.write(".gitignore", "vendor/\n");
        work.write("vendor/x/kept", "").write("vendor/y/a/b", "").write("vendor/z/c", "");
        new GitIndexFile(directory, 2).add("vendor/x/kept").write(LATER);
        WorkingDirectory.CountingReader reader = new WorkingDirectory.CountingReader();

        Scanners.reading(reader).scan(directory);

        assertThat(reader.directories).hasValue(3);
    }

    @Test
    void in_a_part_of_a_repository_and_in_one_within_the_index_counts_too() throws IOException {
        work.write(".gitignore", "*.jar\n")
                .write("sub/a.jar", "")
                .write("sub/b.jar", "")
                .write("a.jar", "");
        new GitIndexFile(directory, 2).add("sub/a.jar").write(LATER);
        work.repository("sub/lib").write("sub/lib/.gitignore", "*.o\n");
        work.write("sub/lib/a.o", "").write("sub/lib/b.o", "");
        new GitIndexFile(work.path("sub/lib"), 2).add("b.o").write(LATER);

        assertThat(paths(work.scan("sub"))).containsExactly("a.jar", "lib/.gitignore", "lib/b.o");
    }

    @Test
    void a_touched_file_with_the_content_that_git_knows_has_not_changed() throws IOException {
        tracked("a.txt", "content");
        Manifest before = work.scan();
        Files.setLastModifiedTime(work.path("a.txt"), MUCH_LATER);

        assertThat(told(work.changesSince(before))).isEmpty();
    }

    @Test
    void a_file_edited_and_put_back_has_not_changed() throws IOException {
        tracked("a.txt", "content");
        Manifest before = work.scan();
        Files.delete(work.path("a.txt"));
        work.write("a.txt", "content");

        assertThat(told(work.changesSince(before))).isEmpty();
    }

    @Test
    void another_content_of_the_same_size_is_a_change_with_its_hash() throws IOException {
        tracked("a.txt", "123");
        Manifest before = work.scan();
        work.write("a.txt", "abc");

        assertThat(work.changesSince(before).changes())
                .containsExactly(new FileChange(
                        "a.txt",
                        FileChange.Change.MODIFIED,
                        3,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: it has no permission bits")
    void other_permissions_are_a_change_whatever_the_content() throws IOException {
        tracked("a.txt", "content");
        Files.setPosixFilePermissions(work.path("a.txt"), PosixFilePermissions.fromString("rw-r--r--"));
        Manifest before = work.scan();
        Files.setPosixFilePermissions(work.path("a.txt"), PosixFilePermissions.fromString("rwxr--r--"));

        assertThat(told(work.changesSince(before))).containsExactly("modified a.txt");
    }

    @Test
    void a_file_that_differed_from_git_before_is_not_excused() throws IOException {
        tracked("a.txt", "content");
        work.write("a.txt", "edited!");
        Manifest before = work.scan();
        work.write("a.txt", "content");
        Files.setLastModifiedTime(work.path("a.txt"), MUCH_LATER);

        assertThat(told(work.changesSince(before))).containsExactly("modified a.txt");
    }

    @Test
    void the_index_is_not_believed_about_a_file_as_young_as_itself() throws IOException {
        work.write("a.txt", "content");
        Files.setLastModifiedTime(work.path("a.txt"), LATER);
        new GitIndexFile(directory, 2).add("a.txt").write(LATER);
        Manifest before = work.scan();
        Files.setLastModifiedTime(work.path("a.txt"), MUCH_LATER);

        assertThat(told(work.changesSince(before))).containsExactly("modified a.txt");
    }

    @Test
    void what_git_knew_survives_the_manifest_file() throws IOException {
        tracked("a.txt", "content");
        Path file = work.path(".git/manifest.gz");
        ManifestFile.write(file, work.scan());
        Files.setLastModifiedTime(work.path("a.txt"), MUCH_LATER);

        assertThat(told(work.changesSince(ManifestFile.read(file).orElseThrow())))
                .isEmpty();
    }

    @Test
    void a_damaged_index_is_no_index() throws IOException {
        tracked("a.txt", "content");
        byte[] good = Files.readAllBytes(work.path(".git/index"));
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt();
            }
            Files.write(work.path(".git/index"), Arrays.copyOf(bad, random.nextInt(bad.length + 1)));
            assertThat(paths(work.scan())).as("round %d", round).containsExactly("a.txt");
        }
    }

    @Test
    void what_an_index_that_is_not_understood_might_name_is_looked_at_although_it_is_ignored() throws IOException {
        work.repository("")
                .write(".gitignore", "ign/\n")
                .write(".git/index", "not an index")
                .write("ign/t", "1");
        Manifest before = work.scan();
        work.write("ign/t", "22");

        assertThat(told(work.changesSince(before))).containsExactly("modified ign/t");
    }

    @Test
    void an_index_that_stands_for_endless_names_is_not_read_and_might_name_any_file() throws IOException {
        int names = 40_000;
        ByteBuffer forged = ByteBuffer.allocate(12 + 62 + 2 + 10_000 + names * 64);
        forged.putInt(0x44495243).putInt(4).putInt(names + 1);
        forged.position(forged.position() + 62)
                .put((byte) 0)
                .put("x".repeat(10_000).getBytes(StandardCharsets.UTF_8))
                .put((byte) 0);
        for (int i = 0; i < names; i++) {
            forged.position(forged.position() + 64);
        }
        Path index = Files.write(work.path(".git/index"), forged.array());

        assertThat(GitIndexParser.read(index, "", "")).isSameAs(Tracked.PERHAPS_ALL);
    }

    private void tracked(String path, String content) throws IOException {
        work.write(path, content);
        Files.setLastModifiedTime(work.path(path), LONG_AGO);
        new GitIndexFile(directory, 2).add(path).write(LATER);
    }
}
