package dev.orchestrator.guard.staging;

import dev.orchestrator.guard.manifest.FileNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Copies the files of a directory with their times and permissions. For one thread. */
final class TreeCopy {
    private final Path from;
    private final Path to;
    private final String within;
    private final long mostBytes;
    private long bytes;
    private @Nullable Path lastParent;

    /** @param within the working directory, relative to {@code from}; empty when it is that */
    TreeCopy(Path from, Path to, String within, long mostBytes) {
        this.from = from;
        this.to = to;
        this.within = within;
        this.mostBytes = mostBytes;
    }

    /**
     * @param paths of all files
     * @param base takes those of the working directory
     */
    Staging.Result run(List<String> paths, Path base, BooleanSupplier givenUp) throws IOException {
        Path directory = within.isEmpty() ? to : FileNames.resolve(to, within);
        Files.createDirectories(directory);
        String prefix = within.isEmpty() ? "" : within + "/";
        try (BaseFiles.Writer kept = new BaseFiles.Writer(base)) {
            for (String path : paths) {
                if (givenUp.getAsBoolean()) {
                    return new Staging.Result.GivenUp();
                }
                if (!isGit(path) && bytes + size(path) > mostBytes) {
                    return tooLarge();
                }
                Path copied;
                try {
                    copied = isGit(path) ? null : copy(path);
                } catch (AccessDeniedException e) {
                    return new Staging.Result.Refused(
                            "it cannot be copied whole: " + path + " cannot be read",
                            "Make it readable, have git ignore it, or run the task without `guarded`.");
                }
                if (copied != null && path.startsWith(prefix)) {
                    kept.add(path.substring(prefix.length()), copied);
                }
            }
        }
        try (FileChannel channel = FileChannel.open(base, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return new Staging.Result.Staged(directory, to);
    }

    private Staging.Result tooLarge() {
        return new Staging.Result.Refused(
                "it has more than " + (mostBytes >> 20) + " MiB to be copied (`guard.staged_size`)",
                "Have git ignore what need not be copied, raise `guard.staged_size`, or give a `cwd` with less.");
    }

    private long size(String path) throws IOException {
        Path source = FileNames.resolve(from, path);
        return Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS) ? Files.size(source) : 0;
    }

    /** Of a linked work tree or a submodule: a file that leads to a repository, which would be the original's. */
    private static boolean isGit(String path) {
        return path.equals(".git") || path.endsWith("/.git");
    }

    /** Null when it has gone meanwhile, or is no file that could be copied. */
    private @Nullable Path copy(String path) throws IOException {
        Path source = FileNames.resolve(from, path);
        Path target = FileNames.resolve(to, path);
        boolean link = Files.isSymbolicLink(source);
        if (!link && !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        Path parent = target.getParent();
        if (parent != null && !parent.equals(lastParent)) {
            Files.createDirectories(parent);
            lastParent = parent;
        }
        try {
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            bytes += link ? 0 : Files.size(target);
            return target;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
