package dev.orchestrator.intake;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.Sha256;
import dev.orchestrator.intake.file.TaskFileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Puts a task file into {@code tasks/}, from any process: whole or not at all, and never over a file that is there, since a
 * file that waits may be somebody's only copy.
 */
public final class TaskDrop {
    private static final String SUFFIX = ".task.md";

    private final Home home;

    public TaskDrop(Home home) {
        this.home = home;
    }

    /**
     * A file that lies in {@code tasks/} now.
     *
     * @param sha256 of its content, as the journal will have it
     */
    public record Dropped(Path file, String sha256) {}

    /** A name for a task file, made from the name of another file or from a title. */
    public static String nameFor(String given) {
        String plain = TaskFileNames.stem(given);
        boolean hasExtension = plain.matches("(?s).+\\.[A-Za-z]{1,5}");
        String stem = hasExtension ? plain.substring(0, plain.lastIndexOf('.')) : plain;
        return TaskFileNames.isTaskFile(given) ? given : TaskFileNames.slug(stem) + SUFFIX;
    }

    /**
     * Drops {@code content} as {@code name}, or as {@code name-2} and so on when that is taken. When this returns the file
     * survives a power cut. The home must be there; {@code tasks/} need not.
     *
     * @param name of a task file, from {@link #nameFor}
     */
    public Dropped drop(String name, byte[] content) throws IOException {
        return drop(content, temp -> FreeName.give(temp, home.tasks().resolve(name)));
    }

    /** As {@link #drop}, but only when no file has this name; when one has, it stays as it is. */
    public void dropOnce(String name, byte[] content) throws IOException {
        drop(content, temp -> FreeName.giveOnce(temp, home.tasks().resolve(name)));
    }

    private interface Naming {
        Path name(Path temp) throws IOException;
    }

    private Dropped drop(byte[] content, Naming naming) throws IOException {
        makeTasks();
        // Hidden and without the suffix, so that no daemon takes it for a task.
        Path temp = home.tasks().resolve("." + UUID.randomUUID() + ".tmp");
        try {
            writeSynced(temp, content);
            Path file = naming.name(temp);
            Moves.syncDirectory(home.tasks());
            return new Dropped(file, Sha256.of(content));
        } finally {
            Moves.delete(temp);
        }
    }

    /** Not the home itself: one that is not there was mistyped. */
    private void makeTasks() throws IOException {
        if (Files.isDirectory(home.tasks())) {
            return;
        }
        try {
            Files.createDirectory(home.tasks());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(home.tasks())) {
                throw e;
            }
        }
    }

    private static void writeSynced(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
