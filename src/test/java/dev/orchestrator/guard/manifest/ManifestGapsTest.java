package dev.orchestrator.guard.manifest;

import static dev.orchestrator.guard.manifest.WorkingDirectory.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.time.TimeSource;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestGapsTest extends ManifestCase {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final TimeSource TIME = TimeSource.system();

    @Test
    void an_unreadable_directory_is_a_gap_and_nothing_is_claimed_about_it() {
        work.write("open/a", "a").write("private/b", "b");
        Manifest before = work.scan();
        work.write("open/c", "c").write("private/d", "d");
        DirectoryReader refusing = refusing("private");

        Manifest after = Scanners.reading(refusing).rescan(before);

        assertThat(after.gaps()).containsExactly("private");
        assertThat(told(before.changesTo(after))).containsExactly("added open/c");
        assertThat(before.changesTo(after).gaps()).containsExactly("private");
    }

    @Test
    void what_was_a_gap_before_is_not_added_when_it_can_be_read() {
        work.write("private/b", "b").write("private/deep/c", "c");
        Manifest before = Scanners.reading(refusing("private")).scan(directory);

        ChangeList changes = work.changesSince(before);

        assertThat(changes.changes()).isEmpty();
        assertThat(changes.gaps()).containsExactly("private");
    }

    @Test
    void an_unreadable_working_directory_is_a_gap_too() {
        work.write("a", "a");
        Manifest before = work.scan();

        Manifest after = Scanners.reading(refusing("")).rescan(before);

        assertThat(after.gaps()).containsExactly(".");
        assertThat(before.changesTo(after).changes()).isEmpty();
    }

    @Test
    void a_file_whose_metadata_are_refused_is_a_gap() {
        work.write("src/a", "a").write("src/b", "b");
        Manifest before = work.scan();
        DirectoryReader real = DirectoryReader.ofThisPlatform();
        DirectoryReader hidingB = path -> {
            DirectoryReader.Listing listing = real.list(path);
            if (listing.children().removeIf(child -> child.name().equals("b"))) {
                listing.unreadable().add("b");
            }
            return listing;
        };

        Manifest after = Scanners.reading(hidingB).rescan(before);

        assertThat(after.gaps()).containsExactly("src/b");
        assertThat(told(before.changesTo(after))).isEmpty();
    }

    @Test
    void above_the_limit_of_files_directories_become_gaps_and_nothing_false_is_said() {
        for (int i = 0; i < 10; i++) {
            work.write("d" + i + "/file", "x");
        }
        Manifest before = new ManifestScanner(List.of(), DirectoryReader.ofThisPlatform(), 4, TIME).scan(directory);

        ChangeList changes = work.changesSince(before);

        assertThat(before.size()).isEqualTo(4);
        assertThat(before.gaps()).hasSize(6);
        assertThat(changes.changes()).isEmpty();
    }

    @Test
    void a_walk_that_takes_too_long_ends_with_gaps_and_nothing_false_is_said() {
        for (int i = 0; i < 10; i++) {
            work.write("d" + i + "/a", "x").write("d" + i + "/b", "x").write("file" + i, "x");
        }
        Manifest before = work.scan();
        work.write("d0/c", "x").write("file0", "changed");
        int directories = 11;
        int names = 20 + 21;

        for (int checks = 0; checks < directories + names; checks++) {
            DirectoryReader reader = DirectoryReader.ofThisPlatform();
            Manifest after = new ManifestScanner(List.of(), reader, NO_LIMIT, new LateAfter(checks)).rescan(before);

            assertThat(after.gaps()).as("%d checks", checks).isNotEmpty();
            assertThat(told(before.changesTo(after))).isSubsetOf("added d0/c", "modified file0");
        }
    }

    private DirectoryReader refusing(String relative) {
        DirectoryReader real = DirectoryReader.ofThisPlatform();
        return path -> {
            if (path.equals(directory.toRealPath().resolve(relative))) {
                throw new AccessDeniedException(path.toString());
            }
            return real.list(path);
        };
    }

    /** A clock that stands still until it was asked {@code checks} times, and then jumps by a day. */
    private static final class LateAfter implements TimeSource {
        private int left;

        LateAfter(int checks) {
            left = checks + 1;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return left-- > 0 ? 0 : Duration.ofDays(1).toNanos();
        }
    }
}
