package dev.orchestrator.guard.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures a tree of 100,000 files and prints the numbers when asked by name: {@code mvn test -Dtest=LargeTreeMeasure}. */
class LargeTreeMeasure {
    private static final int FILES = 100_000;
    private static final int IN_A_DIRECTORY = 100;
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_600_000_000_000L);

    @TempDir
    Path directory;

    private final ManifestScanner scanner = new ManifestScanner(List.of());

    @Test
    void outside_of_git() throws Exception {
        WorkingDirectory work = planted();

        measure(work);
    }

    @Test
    void all_tracked_by_git() throws Exception {
        WorkingDirectory work = planted().repository("").write(".gitignore", "target/\n*.class\n*.log\n!keep.log\n");
        GitIndexFile index = new GitIndexFile(directory, 2);
        for (int i = 0; i < FILES; i++) {
            index.add(name(i));
        }
        index.write(FileTime.fromMillis(LONG_AGO.toMillis() + 10_000));

        Manifest before = measure(work);

        for (int i = 0; i < FILES; i++) {
            Files.setLastModifiedTime(work.path(name(i)), FileTime.fromMillis(LONG_AGO.toMillis() + 5_000));
        }
        Manifest touched = scanner.rescan(before);
        // The thousand that differed from git already cannot be cleared.
        ChangeList changes = timed("diff, all touched", () -> before.changesTo(touched));
        assertThat(changes.changes().size()).isEqualTo(FILES / 100);
    }

    private Manifest measure(WorkingDirectory work) throws Exception {
        timed("scan, first", () -> scanner.scan(directory));
        timed("scan, second", () -> scanner.scan(directory));
        Manifest third = timed("scan, third", () -> scanner.scan(directory));
        timed("contents", third::withContents);
        long empty = heap();
        Manifest before = scanner.scan(directory);
        System.out.println("heap: " + (heap() - empty) / 1024 + " KiB");
        assertThat(before.size()).isGreaterThanOrEqualTo(FILES);
        Path file = directory.resolveSibling("manifest-" + directory.getFileName() + ".gz");
        for (String time : List.of("first", "second", "third")) {
            timed("write, " + time, () -> {
                ManifestFile.write(file, before);
                return file;
            });
            assertThat(timed("read, " + time, () -> ManifestFile.read(file))).isPresent();
        }
        System.out.println("manifest file: " + Files.size(file) / 1024 + " KiB");
        Files.delete(file);
        Manifest same = timed("rescan", () -> scanner.rescan(before));
        assertThat(timed("diff, no change", () -> before.changesTo(same))
                        .changes()
                        .isEmpty())
                .isTrue();
        for (int i = 0; i < FILES; i += 100) {
            work.write(name(i), "changed " + i);
        }
        Manifest after = scanner.rescan(before);
        ChangeList changes = timed("diff, 1000 changed", () -> before.changesTo(after));
        assertThat(changes.changes().size()).isEqualTo(FILES / 100);
        return scanner.scan(directory);
    }

    private WorkingDirectory planted() throws IOException {
        WorkingDirectory work = new WorkingDirectory(directory);
        for (int i = 0; i < FILES; i++) {
            work.write(name(i), "class GeneratedClass" + i + " {}\n");
            Files.setLastModifiedTime(work.path(name(i)), LONG_AGO);
        }
        return work;
    }

    private static String name(int i) {
        return "src/main/java/org/example/module" + i / IN_A_DIRECTORY / 10 + "/part" + i / IN_A_DIRECTORY % 10
                + "/GeneratedClass" + i + ".java";
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        System.out.println(what + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return result;
    }
}
