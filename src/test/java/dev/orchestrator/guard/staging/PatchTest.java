package dev.orchestrator.guard.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What we write as a patch, a real git understands as exactly that change. */
@DisabledOnOs(OS.WINDOWS)
class PatchTest {
    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void begin() throws IOException {
        GitTool.need();
        root = temp.toRealPath();
    }

    @Test
    void git_applies_the_patch_and_the_way_back_whatever_was_changed() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            Path base = Files.createDirectory(root.resolve("round" + round));
            Path checkout = Files.createDirectory(base.resolve("checkout"));
            Tree.grow(checkout, random);
            new GitTool(checkout).run("init", "-q");
            SortedMap<String, String> before = Tree.of(checkout);
            StagedDirectory staged = new StagedDirectory(base, checkout);
            Tree.change(staged.copy, random);
            ChangeSet set = staged.collect();
            SortedMap<String, String> after = Tree.of(staged.copy);
            if (!set.files().isEmpty()) {
                new GitTool(checkout).run("apply", staged.files.patch().toString());
            }
            assertThat(Tree.of(checkout)).as("seed %d, round %d", seed, round).isEqualTo(after);
            if (!set.files().isEmpty()) {
                new GitTool(checkout).run("apply", "-R", staged.files.patch().toString());
            }
            assertThat(Tree.of(checkout)).as("seed %d, round %d", seed, round).isEqualTo(before);
            Applier.Result applied = new Applier(staged.files).apply(set.files(), checkout);
            assertThat(applied).isInstanceOf(Applier.Result.Applied.class);
            assertThat(Tree.of(checkout)).as("seed %d, round %d", seed, round).isEqualTo(after);
        }
    }

    @Test
    void a_file_that_was_moved_is_told_as_that() throws Exception {
        Path checkout = Files.createDirectory(root.resolve("checkout"));
        Files.writeString(checkout.resolve("old.txt"), "one\ntwo\nthree\nfour\nfive\n");
        Files.writeString(checkout.resolve("exact.txt"), "exactly this\n");
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.delete(staged.copy.resolve("old.txt"));
        Files.writeString(staged.copy.resolve("new.txt"), "one\ntwo\nthree\nfour\nsix\n");
        Files.move(staged.copy.resolve("exact.txt"), staged.copy.resolve("moved.txt"));
        staged.collect();
        assertThat(staged.files.patch())
                .content()
                .contains("similarity index 100%\nrename from exact.txt\nrename to moved.txt\n")
                .contains("rename from old.txt\nrename to new.txt\n")
                .contains("-five\n+six\n");
    }

    @Test
    void what_may_be_run_now_is_told_and_a_link_is_its_target() throws Exception {
        Path checkout = Files.createDirectory(root.resolve("checkout"));
        Files.writeString(checkout.resolve("run.sh"), "#!/bin/sh\n");
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.setPosixFilePermissions(staged.copy.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(staged.copy.resolve("link"), Path.of("run.sh"));
        staged.collect();
        assertThat(staged.files.patch())
                .content()
                .isEqualTo("diff --git a/link b/link\nnew file mode 120000\n"
                        + "index 0000000000000000000000000000000000000000..e0e63473c2593040d7d1c67637864821b28cef4b\n"
                        + "--- /dev/null\n+++ b/link\n@@ -0,0 +1 @@\n+run.sh\n\\ No newline at end of file\n"
                        + "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n");
    }

    @Test
    @Timeout(20)
    void a_large_directory_that_was_moved_is_told_in_good_time() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            Version content = new Version(Version.Kind.FILE, 1, Integer.toString(i), null);
            changes.add(new Change("new/" + i, null, content));
            changes.add(new Change("old/" + i, content, null));
        }
        assertThat(Renames.in(changes, new Blobs(root)))
                .hasSize(60_000)
                .allMatch(pair ->
                        pair.from().path().substring(4).equals(pair.to().path().substring(4)));
    }
}
