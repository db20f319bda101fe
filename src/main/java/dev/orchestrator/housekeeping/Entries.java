package dev.orchestrator.housekeeping;

import dev.orchestrator.files.Trees;
import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Files and directories of a home, one level of it. Links are nobody's. */
final class Entries {
    private static final int LARGEST_REASON = 64 * 1024;

    private Entries() {}

    /** The files whose names end so, in large letters or small ones, by name. */
    static List<Path> files(Path directory, String suffix) throws IOException {
        return in(
                directory,
                entry -> String.valueOf(entry.getFileName())
                                .toLowerCase(Locale.ROOT)
                                .endsWith(suffix)
                        && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS));
    }

    static List<Path> directories(Path directory) throws IOException {
        return in(directory, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS));
    }

    private static List<Path> in(Path directory, Predicate<Path> wanted) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            for (Path entry : found) {
                if (wanted.test(entry)) {
                    entries.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(null);
        return entries;
    }

    static String stem(Path entry, String suffix) {
        String name = String.valueOf(entry.getFileName());
        return name.substring(0, name.length() - suffix.length());
    }

    /** True when {@code reason} is there and says that it is the reason of {@code file}. */
    static boolean isReasonOf(Path reason, Path file) {
        try (InputStream in = Files.newInputStream(reason, LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(in.readNBytes(LARGEST_REASON), StandardCharsets.UTF_8);
            return String.valueOf(file.getFileName()).equals(Records.tree(text).get("file"));
        } catch (IOException e) {
            return false;
        }
    }

    /** In bytes, with all that is in it; what cannot be looked at counts nothing. */
    static long size(Path path) {
        Sum sum = new Sum();
        try {
            Files.walkFileTree(path, sum);
        } catch (IOException e) {
            // As much as could be seen.
        }
        return sum.bytes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) {
            return FileVisitResult.CONTINUE;
        }
    }

    /** With all that is in it. */
    static void removeDirectory(Path directory) throws IOException {
        Trees.delete(directory);
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(directory.toString(), null, "something in it stays");
        }
    }

    /** The id that {@code stem} is, if it is one. */
    static Optional<TaskId> taskId(String stem) {
        return TaskId.problem(stem).isEmpty() ? Optional.of(TaskId.parse(stem)) : Optional.empty();
    }
}
