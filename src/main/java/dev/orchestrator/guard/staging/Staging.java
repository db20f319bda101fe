package dev.orchestrator.guard.staging;

import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.files.Trees;
import dev.orchestrator.guard.manifest.FileNames;
import dev.orchestrator.guard.manifest.Manifest;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.guard.manifest.Repository;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of working directories, {@code .staging/ID/work}, in which guarded tasks work. Of a git work tree it is the whole
 * tree as it stands, with what is not committed, and a repository of its own ({@link BorrowedRepository}); of any other
 * directory it is the directory. What git ignores is not copied. The original is only read. Thread-safe as long as one
 * task is in the hands of one thread.
 */
public final class Staging {
    private static final Logger log = LoggerFactory.getLogger(Staging.class);
    private static final String WORK = "work";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path root;
    private final ManifestScanner scanner;
    private final LongSupplier mostBytes;
    /** A change that is half applied is not copied. */
    private final ReadWriteLock applying = new ReentrantReadWriteLock();

    /**
     * @param root where the copies are
     * @param scanner finds the files of an original
     * @param mostBytes that a copy may have
     */
    public Staging(Path root, ManifestScanner scanner, LongSupplier mostBytes) {
        this.root = root;
        this.scanner = scanner;
        this.mostBytes = mostBytes;
    }

    /** What came of making a copy. */
    public sealed interface Result {
        /**
         * @param directory the copy of the task's directory
         * @param top the whole copy
         */
        record Staged(Path directory, Path top) implements Result {}

        /** There can be none of this directory. */
        record Refused(String problem, String remedy) implements Result {}

        /** Nobody wants it any more. */
        record GivenUp() implements Result {}
    }

    /** Held by whoever applies a change, so that no copy is made meanwhile. */
    public Lock applying() {
        return applying.writeLock();
    }

    /** True when {@code path} is in a copy, or would be. */
    public boolean contains(Path path) {
        return path.startsWith(root);
    }

    /** The top of the copy of {@code id}, whether it is there or not. */
    public Path top(TaskId id) {
        return root.resolve(id.value()).resolve(WORK);
    }

    /**
     * Makes the copy for a turn; one that is there already is of an earlier start and is thrown away.
     *
     * @param directory of the task, real
     * @param roots where tasks may read; a repository that is not within any of them is not copied beyond the directory
     * @param files where the directory as it is now is kept
     */
    public Result stage(TaskId id, Path directory, List<Path> roots, TurnFiles files, BooleanSupplier givenUp)
            throws IOException {
        if (Files.isSymbolicLink(root)) {
            return new Result.Refused(root + " is a link", "Remove it.");
        }
        remove(id);
        prepareRoot();
        PrivateFile.createDirectories(files.directory());
        Path to = top(id);
        Files.createDirectories(to);
        applying.readLock().lock();
        try {
            Result result = copy(original(directory, roots), directory, to, files.base(), givenUp);
            if (result instanceof Result.Staged) {
                PrivateFile.write(made(id), boot().getBytes(StandardCharsets.UTF_8));
            }
            return result;
        } finally {
            applying.readLock().unlock();
        }
    }

    /**
     * What is to be copied.
     *
     * @param repository whose work tree it is; empty when it is the directory alone
     */
    private record Original(Optional<Repository> repository, Manifest files) {}

    private Original original(Path directory, List<Path> roots) {
        Optional<Repository> around =
                Repository.containing(directory).filter(found -> roots.stream().anyMatch(found.top()::startsWith));
        if (around.isPresent()) {
            Manifest all = scanner.scan(around.get().top());
            if (around.get().top().equals(directory)
                    || hasAllOf(directory, around.get().top(), all)) {
                return new Original(around, all);
            }
        }
        return new Original(Optional.empty(), scanner.scan(directory));
    }

    /** A repository that ignores the directory does not count: nothing would be left of it. */
    private boolean hasAllOf(Path directory, Path top, Manifest all) {
        String prefix = FileNames.of(top.relativize(directory)) + "/";
        long seen = all.paths().stream().filter(path -> path.startsWith(prefix)).count();
        return seen == scanner.scan(directory).paths().size();
    }

    private Result copy(Original original, Path directory, Path to, Path base, BooleanSupplier givenUp)
            throws IOException {
        if (!original.files().gaps().isEmpty()) {
            return unreadable(original.files().gaps());
        }
        Path from = original.repository().map(Repository::top).orElse(directory);
        TreeCopy copy = new TreeCopy(from, to, FileNames.of(from.relativize(directory)), mostBytes.getAsLong());
        Result result = copy.run(original.files().paths(), base, givenUp);
        if (result instanceof Result.Staged && original.repository().isPresent()) {
            borrow(original.repository().get(), to);
        }
        return result;
    }

    private static void borrow(Repository repository, Path to) throws IOException {
        Optional<BorrowedRepository> borrowed = BorrowedRepository.of(repository);
        if (borrowed.isPresent()) {
            borrowed.get().create(to);
        } else {
            log.info("{} is copied without its history, which is kept in a way not known here.", repository.top());
        }
    }

    private static Result unreadable(List<String> gaps) {
        return new Result.Refused(
                "it cannot be copied whole: " + gaps.get(0) + " cannot be read",
                "Make it readable, have git ignore it, or run the task without `guarded`.");
    }

    /** True when the copy of {@code id} is there, as it was made and worked on since the machine was started. */
    public boolean isWhole(TaskId id) {
        try {
            return Files.readString(made(id)).equals(boot());
        } catch (IOException e) {
            return false;
        }
    }

    private Path made(TaskId id) {
        return root.resolve(id.value()).resolve("made");
    }

    /** Nothing in a copy is synced, so a power cut leaves it in pieces. Empty where the system does not say. */
    private static String boot() throws IOException {
        return Files.exists(BOOT) ? Files.readString(BOOT) : "";
    }

    /** Throws the copy away. What an agent did to permissions does not keep it. */
    public void remove(TaskId id) {
        Path copy = root.resolve(id.value());
        if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            Trees.delete(copy);
            if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
                log.warn("Task {}: its copy {} cannot be removed; it is tried again at the next start.", id, copy);
            }
        }
    }

    /** Throws away what earlier daemons left. */
    public void removeAllBut(Predicate<TaskId> kept) throws IOException {
        if (Files.isSymbolicLink(root)) {
            log.warn("{} is a link, so nothing in it is taken for ours; remove it.", root);
            return;
        }
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path copy : copies) {
                String name = copy.getFileName().toString();
                boolean ours =
                        TaskId.problem(name).isEmpty() && Files.exists(copy.resolve(WORK), LinkOption.NOFOLLOW_LINKS);
                if (ours && !kept.test(TaskId.parse(name))) {
                    remove(TaskId.parse(name));
                }
            }
        } catch (NoSuchFileException e) {
            // No task was ever guarded here.
        }
    }

    /** A home may be a work tree itself; its owner is not to see copies in it. */
    private void prepareRoot() throws IOException {
        PrivateFile.createDirectories(root);
        Path ignore = root.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            PrivateFile.write(ignore, "*\n".getBytes(StandardCharsets.UTF_8));
        }
    }
}
