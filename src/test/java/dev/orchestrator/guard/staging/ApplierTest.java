package dev.orchestrator.guard.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.orchestrator.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A change comes into a directory whole or not at all, and leaves what others did there. */
@DisabledOnOs(OS.WINDOWS)
class ApplierTest {
    private static final String TEN = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    @TempDir
    Path temp;

    private Path root;
    private Path checkout;

    @BeforeEach
    void begin() throws IOException {
        root = temp.toRealPath();
        checkout = Files.createDirectory(root.resolve("checkout"));
        write(checkout, "ten.txt", TEN);
        write(checkout, "sub/other.txt", "other\n");
        write(checkout, "sub/gone.txt", "gone\n");
    }

    private static void write(Path top, String path, String content) throws IOException {
        Files.createDirectories(top.resolve(path).getParent());
        Files.writeString(top.resolve(path), content);
    }

    /** Changes one, adds one, removes one. */
    private StagedDirectory staged() throws IOException {
        StagedDirectory staged = new StagedDirectory(root, checkout);
        write(staged.copy, "ten.txt", TEN.replace("9\n", "nine\n"));
        write(staged.copy, "new/deep/file.txt", "new\n");
        Files.delete(staged.copy.resolve("sub/gone.txt"));
        return staged;
    }

    private List<String> refusal(StagedDirectory staged) throws IOException {
        SortedMap<String, String> before = Tree.of(checkout);
        Applier.Result result = staged.apply();
        assertThat(result).isInstanceOf(Applier.Result.Refused.class);
        assertThat(Tree.of(checkout)).isEqualTo(before);
        return ((Applier.Result.Refused) result).problems();
    }

    @Test
    void the_directory_is_then_what_the_copy_was() throws Exception {
        StagedDirectory staged = staged();
        assertThat(staged.apply())
                .asInstanceOf(type(Applier.Result.Applied.class))
                .satisfies(applied ->
                        assertThat(applied.paths()).containsExactly("new/deep/file.txt", "sub/gone.txt", "ten.txt"));
        assertThat(Tree.of(checkout)).isEqualTo(Tree.of(staged.copy));
        assertThat(checkout.resolve(".orchestrator-applying")).doesNotExist();
    }

    @Test
    void done_again_it_does_nothing() throws Exception {
        StagedDirectory staged = staged();
        staged.apply();
        write(checkout, "ten.txt", "edited since\n");
        assertThat(staged.apply()).isInstanceOf(Applier.Result.Applied.class);
        assertThat(checkout.resolve("ten.txt")).hasContent("edited since\n");
    }

    @Test
    void what_somebody_changed_elsewhere_in_a_file_stays() throws Exception {
        StagedDirectory staged = staged();
        write(checkout, "ten.txt", TEN.replace("2\n", "two\n"));
        assertThat(staged.apply())
                .asInstanceOf(type(Applier.Result.Applied.class))
                .satisfies(applied -> assertThat(applied.merged()).containsExactly("ten.txt"));
        assertThat(checkout.resolve("ten.txt"))
                .hasContent(TEN.replace("2\n", "two\n").replace("9\n", "nine\n"));
    }

    @Test
    void line_ends_and_a_missing_last_one_come_through_a_merge() throws Exception {
        write(checkout, "crlf.txt", "a\r\nb\r\nc\r\nd\r\ne");
        StagedDirectory staged = new StagedDirectory(root, checkout);
        write(staged.copy, "crlf.txt", "A\r\nb\r\nc\r\nd\r\ne");
        write(checkout, "crlf.txt", "a\r\nb\r\nc\r\nd\r\nE");
        staged.apply();
        assertThat(Files.readString(checkout.resolve("crlf.txt"))).isEqualTo("A\r\nb\r\nc\r\nd\r\nE");
    }

    @Test
    void the_same_change_made_by_somebody_else_is_no_conflict() throws Exception {
        StagedDirectory staged = staged();
        write(checkout, "ten.txt", TEN.replace("9\n", "nine\n"));
        Files.delete(checkout.resolve("sub/gone.txt"));
        assertThat(staged.apply())
                .asInstanceOf(type(Applier.Result.Applied.class))
                .satisfies(applied -> assertThat(applied.paths()).containsExactly("new/deep/file.txt"));
    }

    @Test
    void a_conflict_refuses_all_and_says_where() throws Exception {
        StagedDirectory staged = staged();
        write(checkout, "ten.txt", TEN.replace("9\n", "NINE\n"));
        assertThat(refusal(staged)).containsExactly("ten.txt: was changed meanwhile in line 9");
    }

    @Test
    void each_conflict_is_told() throws Exception {
        write(checkout, "binary.bin", "a\0b");
        StagedDirectory staged = staged();
        write(staged.copy, "binary.bin", "a\0c");
        write(checkout, "binary.bin", "a\0d");
        write(checkout, "new/deep/file.txt", "mine\n");
        write(checkout, "sub/gone.txt", "still needed\n");
        Files.delete(checkout.resolve("ten.txt"));
        assertThat(refusal(staged))
                .containsExactly(
                        "binary.bin: was changed meanwhile, and is no text",
                        "new/deep/file.txt: is there already, with other content",
                        "sub/gone.txt: was changed meanwhile, and is to be removed",
                        "ten.txt: was removed meanwhile");
    }

    @Test
    void a_directory_that_became_a_link_leads_nowhere() throws Exception {
        StagedDirectory staged = staged();
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.createSymbolicLink(checkout.resolve("new"), outside);
        assertThat(refusal(staged)).containsExactly("new/deep/file.txt: `new` is a link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void a_file_can_become_a_directory_and_a_directory_a_file() throws Exception {
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.delete(staged.copy.resolve("ten.txt"));
        write(staged.copy, "ten.txt/inside", "in\n");
        Files.delete(staged.copy.resolve("sub/gone.txt"));
        Files.delete(staged.copy.resolve("sub/other.txt"));
        Files.delete(staged.copy.resolve("sub"));
        write(staged.copy, "sub", "a file\n");
        SortedMap<String, String> before = Tree.of(checkout);
        assertThat(staged.apply()).isInstanceOf(Applier.Result.Applied.class);
        assertThat(Tree.of(checkout)).isEqualTo(Tree.of(staged.copy));
        undo(staged);
        assertThat(Tree.of(checkout)).isEqualTo(before);
    }

    @Test
    void a_directory_that_has_more_in_it_than_the_change_removes_does_not_become_a_file() throws Exception {
        Files.createDirectories(checkout.resolve("sub/empty/deep"));
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Trees.delete(staged.copy.resolve("sub"));
        write(staged.copy, "sub", "a file\n");
        String told = "sub: cannot take the place of the directory as long as `%s` is there; move or remove that first";
        assertThat(refusal(staged)).containsExactly(told.formatted("sub/empty"));
        Trees.delete(checkout.resolve("sub/empty"));
        write(checkout, "sub/ignored.o", "x");
        assertThat(refusal(staged)).containsExactly(told.formatted("sub/ignored.o"));
        Trees.delete(checkout.resolve("sub"));
        Files.createDirectory(checkout.resolve("sub"));
        assertThat(refusal(staged)).containsExactly(told.formatted("sub"));
        Files.delete(checkout.resolve("sub"));
        assertThat(staged.apply()).isInstanceOf(Applier.Result.Applied.class);
    }

    private static Applier.Result undo(StagedDirectory staged) throws IOException {
        Applier.WayBack back = new Applier(staged.files).wayBack().orElseThrow();
        return new Applier(staged.files.ofTurn(2)).restore(back, staged.directory);
    }

    @Test
    void the_way_back_leads_to_the_last_byte_and_permission() throws Exception {
        Files.setPosixFilePermissions(checkout.resolve("ten.txt"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(checkout.resolve("sub/gone.txt"), PosixFilePermissions.fromString("rwx--x--x"));
        Files.createSymbolicLink(checkout.resolve("link"), Path.of("ten.txt"));
        SortedMap<String, String> before = Tree.of(checkout);
        StagedDirectory staged = staged();
        Files.delete(staged.copy.resolve("link"));
        staged.apply();
        assertThat(checkout.resolve("new/deep/file.txt")).exists();
        assertThat(undo(staged)).isInstanceOf(Applier.Result.Applied.class);
        assertThat(Tree.of(checkout)).isEqualTo(before);
        assertThat(checkout.resolve("new")).doesNotExist();
    }

    @Test
    void the_way_back_of_a_merge_leaves_what_others_did_before_and_since() throws Exception {
        StagedDirectory staged = staged();
        write(checkout, "ten.txt", TEN.replace("2\n", "two\n"));
        staged.apply();
        write(checkout, "ten.txt", Files.readString(checkout.resolve("ten.txt")).replace("5\n", "five\n"));
        undo(staged);
        assertThat(checkout.resolve("ten.txt"))
                .hasContent(TEN.replace("2\n", "two\n").replace("5\n", "five\n"));
    }

    /** The end of the process, as far as whoever is called can tell. */
    private static final class End extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void an_end_at_any_moment_leaves_all_or_nothing_once_somebody_goes_on() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int ends = 0;
        for (int round = 0; round < 12; round++) {
            for (int end = 0; ; end++) {
                Path base = Files.createDirectories(root.resolve("r" + round + "." + end));
                Path directory = Files.createDirectory(base.resolve("checkout"));
                Random same = new Random(seed + round);
                Tree.grow(directory, same);
                StagedDirectory staged = new StagedDirectory(base, directory);
                Tree.change(staged.copy, same);
                ChangeSet set = staged.collect();
                SortedMap<String, String> before = Tree.of(directory);
                if (!endsAt(end, staged, set)) {
                    break;
                }
                ends++;
                boolean meddled = random.nextInt(3) == 0 && !set.files().isEmpty();
                if (meddled) {
                    meddle(directory, set, before, staged);
                } else {
                    assertThat(new Applier(staged.files).apply(set.files(), directory))
                            .isInstanceOf(Applier.Result.Applied.class);
                    assertThat(Tree.of(directory)).as("seed %d", seed).isEqualTo(Tree.of(staged.copy));
                }
                assertThat(directory.resolve(".orchestrator-applying")).doesNotExist();
            }
        }
        System.out.println("ended at " + ends + " moments: all or nothing");
        assertThat(ends).isGreaterThan(50);
    }

    /** False when it came to its end before. */
    private static boolean endsAt(int moment, StagedDirectory staged, ChangeSet set) throws IOException {
        AtomicInteger left = new AtomicInteger(moment);
        Placing.Watcher watcher = path -> {
            if (left.getAndDecrement() == 0) {
                throw new End();
            }
        };
        try {
            new Applier(staged.files, watcher).apply(set.files(), staged.directory);
            return false;
        } catch (End e) {
            return true;
        }
    }

    /** Somebody changes one of the files in between: then it goes back, but for that file. */
    private static void meddle(Path directory, ChangeSet set, SortedMap<String, String> before, StagedDirectory staged)
            throws IOException {
        String path = set.files().get(0).path();
        Path file = directory.resolve(path);
        if (Files.isDirectory(file)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.writeString(file, "mine\n");
        String mine = Tree.of(directory).get(path);
        assertThat(new Applier(staged.files).apply(set.files(), directory)).isInstanceOf(Applier.Result.Refused.class);
        before.put(path, mine);
        assertThat(Tree.of(directory)).isEqualTo(before);
    }

    @Test
    void what_cannot_be_written_is_taken_back_and_told() throws Exception {
        StagedDirectory staged = staged();
        ChangeSet set = staged.collect();
        SortedMap<String, String> before = Tree.of(checkout);
        Placing.Watcher full = path -> {
            if (path.endsWith("ten.txt")) {
                throw new IOException("No space left on device");
            }
        };
        Applier.Result result = new Applier(staged.files, full).apply(set.files(), checkout);
        assertThat(result)
                .asInstanceOf(type(Applier.Result.Refused.class))
                .satisfies(refused -> assertThat(refused.problems().get(0)).contains("No space left"));
        assertThat(Tree.of(checkout)).isEqualTo(before);
        assertThat(new Applier(staged.files).apply(set.files(), checkout)).isInstanceOf(Applier.Result.Applied.class);
    }

    @Test
    void content_that_was_tampered_with_is_never_put_in_place() throws Exception {
        StagedDirectory staged = staged();
        ChangeSet set = staged.collect();
        SortedMap<String, String> before = Tree.of(checkout);
        for (Change change : set.files()) {
            if (change.after() != null) {
                Files.writeString(root.resolve("runs/files/" + change.after().sha256()), "evil\n");
            }
        }
        assertThat(new Applier(staged.files).apply(set.files(), checkout)).isInstanceOf(Applier.Result.Refused.class);
        assertThat(Tree.of(checkout)).isEqualTo(before);
    }

    @Test
    void a_plan_that_is_torn_is_no_plan_to_go_by() throws Exception {
        StagedDirectory staged = staged();
        ChangeSet set = staged.collect();
        Files.writeString(root.resolve("runs/turn-1.apply.json"), "{\"schema_version\":1,");
        assertThatThrownBy(() -> new Applier(staged.files).apply(set.files(), checkout))
                .isInstanceOf(IOException.class);
    }

    @Test
    void the_last_line_of_a_merge_ends_as_both_wanted_it() throws Exception {
        write(checkout, "open.txt", "1\n2\n3\n4\n5\n6\nend");
        StagedDirectory staged = new StagedDirectory(root, checkout);
        write(staged.copy, "open.txt", "1\n2\n3\n4\n5\nsix\n");
        write(checkout, "open.txt", "one\n2\n3\n4\n5\n6\n");
        staged.apply();
        assertThat(Files.readString(checkout.resolve("open.txt"))).endsWith("\n");
    }

    @Test
    void a_text_with_an_odd_character_is_merged_like_any_text() throws Exception {
        write(checkout, "odd.txt", "a\rb\n2\n3\n4\n5\n6\n7\n");
        StagedDirectory staged = new StagedDirectory(root, checkout);
        write(staged.copy, "odd.txt", "a\rb\n2\n3\n4\n5\n6\nseven\n");
        staged.collect();
        assertThat(staged.files.patch()).content().contains("+seven").doesNotContain("GIT binary patch");
    }

    @Test
    void what_the_user_calls_like_our_own_is_left_alone() throws Exception {
        write(checkout, ".orchestrator-applying/mine", "mine\n");
        StagedDirectory staged = staged();
        staged.apply();
        assertThat(checkout.resolve(".orchestrator-applying/mine")).hasContent("mine");
        assertThat(checkout.resolve("ten.txt")).content().contains("nine");
    }

    @Test
    void a_directory_that_goes_and_comes_again_is_as_private_as_it_was() throws Exception {
        Path closed = Files.createDirectory(checkout.resolve("closed"));
        write(checkout, "closed/only.txt", "x\n");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.delete(staged.copy.resolve("closed/only.txt"));
        staged.apply();
        assertThat(closed).doesNotExist();
        undo(staged);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
                .isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void nobody_else_reads_a_private_file_while_it_is_made_ready() throws Exception {
        Files.setPosixFilePermissions(checkout.resolve("ten.txt"), PosixFilePermissions.fromString("rw-------"));
        StagedDirectory staged = staged();
        Set<String> seen = new TreeSet<>();
        Placing.Watcher look = path -> {
            if (path.getParent().endsWith(".orchestrator-applying") && Files.exists(path)) {
                seen.add(permissions(path.getParent()));
                seen.add(permissions(path));
            }
        };
        assertThat(new Applier(staged.files, look).apply(staged.collect().files(), checkout))
                .isInstanceOf(Applier.Result.Applied.class);
        assertThat(seen).containsExactly("rw-------", "rwx------");
        assertThat(permissions(checkout.resolve("ten.txt"))).isEqualTo("rw-------");
        assertThat(permissions(checkout.resolve("new/deep/file.txt"))).isEqualTo("rw-r--r--");
    }

    @Test
    void a_directory_that_comes_again_is_private_also_when_the_end_comes_while_it_is_made() throws Exception {
        Path closed = Files.createDirectory(checkout.resolve("closed"));
        write(checkout, "closed/only.txt", "x\n");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.delete(staged.copy.resolve("closed/only.txt"));
        staged.apply();
        Applier.WayBack back = new Applier(staged.files).wayBack().orElseThrow();
        Applier applier = new Applier(staged.files.ofTurn(2), path -> {
            if (path.equals(closed)) {
                throw new End();
            }
        });
        assertThatThrownBy(() -> applier.restore(back, checkout)).isInstanceOf(End.class);
        assertThat(permissions(closed)).isEqualTo("rwx------");
        assertThat(undo(staged)).isInstanceOf(Applier.Result.Applied.class);
        assertThat(permissions(closed)).isEqualTo("rwx------");
        assertThat(closed.resolve("only.txt")).hasContent("x");
    }

    @Test
    void a_link_can_become_a_directory() throws Exception {
        Files.createSymbolicLink(checkout.resolve("link"), Path.of("sub"));
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.delete(staged.copy.resolve("link"));
        write(staged.copy, "link/inside.txt", "in\n");
        SortedMap<String, String> before = Tree.of(checkout);
        assertThat(staged.apply()).isInstanceOf(Applier.Result.Applied.class);
        assertThat(Tree.of(checkout)).isEqualTo(Tree.of(staged.copy));
        undo(staged);
        assertThat(Tree.of(checkout)).isEqualTo(before);
    }

    @Test
    void a_directory_that_becomes_a_link_meanwhile_leads_nowhere() throws Exception {
        StagedDirectory staged = staged();
        write(staged.copy, "sub/other.txt", "changed\n");
        ChangeSet set = staged.collect();
        Path outside = Files.createDirectory(root.resolve("outside"));
        write(outside, "other.txt", "other\n");
        Placing.Watcher swap = path -> {
            if (path.getParent().endsWith(".orchestrator-applying") && !Files.isSymbolicLink(checkout.resolve("sub"))) {
                Files.move(checkout.resolve("sub"), checkout.resolve("mine"));
                Files.createSymbolicLink(checkout.resolve("sub"), outside);
            }
        };
        Applier.Result result = new Applier(staged.files, swap).apply(set.files(), checkout);
        assertThat(result).isInstanceOf(Applier.Result.Refused.class);
        assertThat(outside.resolve("other.txt")).hasContent("other");
        assertThat(checkout.resolve("ten.txt")).hasContent(TEN);
        assertThat(checkout.resolve("new")).doesNotExist();
    }

    @Test
    void a_path_that_leads_out_is_none() throws Exception {
        ChangeSet set = staged().collect();
        Version version = set.files().get(0).after();
        for (String path : List.of("../escaped", "a/../../escaped", "/etc/escaped", "", "a//b")) {
            assertThat(new Applier(new TurnFiles(root.resolve("runs"), 9))
                            .apply(List.of(new Change(path, null, version)), checkout))
                    .as(path)
                    .isInstanceOf(Applier.Result.Refused.class);
        }
        assertThat(root.resolve("escaped")).doesNotExist();
    }

    @Test
    void a_plan_about_other_files_was_not_made_here() throws Exception {
        StagedDirectory staged = staged();
        ChangeSet set = staged.collect();
        staged.apply();
        Path plan = root.resolve("runs/turn-1.apply.json");
        Files.writeString(
                plan,
                Files.readString(plan).replace("\"applied\"", "\"applying\"").replace("ten.txt", "sub/other.txt"));
        assertThat(new Applier(staged.files).apply(set.files(), checkout)).isInstanceOf(Applier.Result.Refused.class);
        assertThat(checkout.resolve("sub/other.txt")).hasContent("other");
    }

    @Test
    void what_was_altered_since_is_not_what_the_patch_shows() throws Exception {
        StagedDirectory staged = staged();
        ChangeSet set = staged.collect();
        ChangeStore store = new ChangeStore(staged.files);
        assertThat(store.isWhole(set)).isTrue();
        Path file = root.resolve("runs/turn-1.change.json");
        Files.writeString(file, Files.readString(file).replace("\"ten.txt\"", "\".bashrc\""));
        assertThat(store.isWhole(store.find().orElseThrow())).isFalse();
    }

    /** A change that puts a file into two new directories, and an end before any file of it is there. */
    private StagedDirectory begun() throws IOException {
        StagedDirectory staged = new StagedDirectory(root, checkout);
        write(staged.copy, "new/deep/file.txt", "new\n");
        Applier applier = new Applier(staged.files, path -> {
            throw new IllegalStateException("killed");
        });
        List<Change> changes = staged.collect().files();
        assertThatThrownBy(() -> applier.apply(changes, checkout)).hasMessage("killed");
        return staged;
    }

    @Test
    void what_came_in_the_place_of_a_new_directory_meanwhile_is_not_taken_back() throws Exception {
        StagedDirectory staged = begun();
        write(checkout, "new", "somebody's work\n");
        assertThat(staged.apply()).isInstanceOf(Applier.Result.Refused.class);
        assertThat(checkout.resolve("new")).hasContent("somebody's work\n");
    }

    @Test
    void nothing_behind_a_link_in_the_place_of_a_new_directory_is_taken_back() throws Exception {
        StagedDirectory staged = begun();
        write(root, "elsewhere/deep", "precious\n");
        Files.createSymbolicLink(checkout.resolve("new"), root.resolve("elsewhere"));
        assertThat(staged.apply()).isInstanceOf(Applier.Result.Refused.class);
        assertThat(checkout.resolve("new")).isSymbolicLink();
        assertThat(root.resolve("elsewhere/deep")).hasContent("precious\n");
    }

    @Test
    void a_change_may_have_files_that_are_called_like_our_own() throws Exception {
        StagedDirectory staged = new StagedDirectory(root, checkout);
        write(staged.copy, ".orchestrator-applying/mine.txt", "mine\n");
        assertThat(staged.apply()).isInstanceOf(Applier.Result.Applied.class);
        assertThat(Tree.of(checkout)).isEqualTo(Tree.of(staged.copy));
    }

    @Test
    void a_private_file_that_can_be_run_now_is_private_still() throws Exception {
        for (String[] each : new String[][] {
            {"rw-------", "rwx------", "rwx------"},
            {"rw-r-----", "rwxr-xr-x", "rwxr-x---"},
            {"rwxr-x---", "rw-r--r--", "rw-r-----"}
        }) {
            Files.setPosixFilePermissions(checkout.resolve("ten.txt"), PosixFilePermissions.fromString(each[0]));
            StagedDirectory staged = new StagedDirectory(root, checkout);
            Files.setPosixFilePermissions(staged.copy.resolve("ten.txt"), PosixFilePermissions.fromString(each[1]));
            staged.apply();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(checkout.resolve("ten.txt"))))
                    .isEqualTo(each[2]);
            Files.delete(staged.files.plan());
        }
    }

    @Test
    void a_file_that_its_agent_made_unreadable_is_read_all_the_same() throws Exception {
        StagedDirectory staged = new StagedDirectory(root, checkout);
        write(staged.copy, "new.txt", "new\n");
        Files.setPosixFilePermissions(staged.copy.resolve("new.txt"), PosixFilePermissions.fromString("-wx------"));
        Files.setPosixFilePermissions(staged.copy.resolve("ten.txt"), PosixFilePermissions.fromString("---------"));
        ChangeSet set = staged.collect();
        assertThat(set.paths()).containsExactly("new.txt");
        // Whoever runs tests as root may read anything.
        assertThat(Files.isReadable(staged.copy.resolve("ten.txt"))).isTrue();
        assertThat(Files.getPosixFilePermissions(staged.copy.resolve("new.txt")))
                .contains(PosixFilePermission.OWNER_READ);
        assertThat(new Applier(staged.files).apply(set.files(), checkout)).isInstanceOf(Applier.Result.Applied.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(checkout.resolve("new.txt"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void links_are_made_again_as_they_were() throws Exception {
        for (String target : List.of("sub/", "./sub", "../a/../b/", "/somewhere/", "a b ")) {
            Process made = new ProcessBuilder("ln", "-sfn", target, "link")
                    .directory(checkout.toFile())
                    .start();
            assertThat(made.waitFor()).isZero();
            SortedMap<String, String> before = Tree.of(checkout);
            StagedDirectory staged = new StagedDirectory(root, checkout);
            Files.delete(staged.copy.resolve("link"));
            assertThat(staged.apply()).as(target).isInstanceOf(Applier.Result.Applied.class);
            Applier.WayBack back = new Applier(staged.files).wayBack().orElseThrow();
            TurnFiles second = staged.files.ofTurn(2);
            assertThat(new Applier(second).restore(back, checkout))
                    .as(target)
                    .isInstanceOf(Applier.Result.Applied.class);
            assertThat(Tree.of(checkout)).isEqualTo(before);
            assertThat(Files.readSymbolicLink(checkout.resolve("link")).toString())
                    .isEqualTo(target);
            Files.delete(second.plan());
            Files.delete(staged.files.plan());
        }
    }

    @Test
    void a_link_that_cannot_be_made_again_is_told_before_anything_is_begun() throws Exception {
        Process made = new ProcessBuilder("ln", "-s", "sub//other.txt", "link")
                .directory(checkout.toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        StagedDirectory staged = new StagedDirectory(root, checkout);
        Files.delete(staged.copy.resolve("link"));
        assertThat(refusal(staged)).containsExactly("link: a link to `sub//other.txt` cannot be made on this system");
        assertThat(staged.files.plan()).doesNotExist();
    }
}
