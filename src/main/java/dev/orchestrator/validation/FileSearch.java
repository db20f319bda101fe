package dev.orchestrator.validation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;

/**
 * Looks for files in a working directory. The orchestrator's own files and those of git never count, nor does a link that
 * leads out of the directory. What cannot be read is passed over.
 *
 * @param directory absolute and real
 */
record FileSearch(Path directory, List<Path> own) {

    /** True when {@code path} leads to a file, and not to a directory, in the working directory. */
    boolean isFile(Path path) {
        try {
            Path real = path.toRealPath();
            return real.startsWith(directory) && Files.isRegularFile(real) && isOfTheProject(real);
        } catch (IOException e) {
            return false;
        }
    }

    /** @param pattern for paths relative to the working directory */
    boolean anyBelow(Path start, Glob pattern) {
        AtomicBoolean found = new AtomicBoolean();
        try {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return isOfTheProject(path) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    found.set(pattern.matches(relative(path)) && isFile(path));
                    return found.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return false;
        }
        return found.get();
    }

    private String relative(Path path) {
        return directory
                .relativize(path)
                .toString()
                .replace(directory.getFileSystem().getSeparator(), "/");
    }

    private boolean isOfTheProject(Path path) {
        return own.stream().noneMatch(path::startsWith)
                && StreamSupport.stream(path.spliterator(), false).noneMatch(name -> name.endsWith(".git"));
    }
}
