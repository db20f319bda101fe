package dev.orchestrator;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.intake.KnownTasks;
import dev.orchestrator.intake.TaskDrop;
import dev.orchestrator.intake.file.TaskFileNames;
import dev.orchestrator.schedule.Scheduler;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Hands in tasks that the daemon itself makes: files like any other, with an id that says where they come from. Thread-safe. */
final class HandIn implements Scheduler.Drop {
    private static final String SUFFIX = ".task.md";
    /** As in {@code nightly-20261201-0200}. */
    private static final Pattern TIME = Pattern.compile("\\d{8}-\\d{4}");

    private final Home home;
    private final KnownTasks tasks;
    private final Supplier<List<TaskView>> active;

    /**
     * @param tasks those that there are and were
     * @param active those that are not over
     */
    HandIn(Home home, KnownTasks tasks, Supplier<List<TaskView>> active) {
        this.home = home;
        this.tasks = tasks;
        this.active = active;
    }

    @Override
    public boolean isKnown(TaskId id) throws IOException {
        try {
            // In the order in which a file comes by.
            return Files.exists(home.tasks().resolve(name(id)))
                    || Files.exists(home.accepted(id))
                    || Files.exists(home.rejected().resolve(name(id)))
                    || tasks.find(id).isPresent();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Optional<TaskId> underWay(String schedule) throws IOException {
        Optional<TaskId> waiting = ofSchedule(schedule, home.tasks());
        return waiting.isPresent()
                ? waiting
                : ofSchedule(schedule, home.accepted())
                        .or(() -> active.get().stream()
                                .map(TaskView::id)
                                .filter(id -> isOf(schedule, id.value()))
                                .findFirst());
    }

    /** Of one that is over the file has gone. */
    private static Optional<TaskId> ofSchedule(String schedule, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, schedule + "-*" + SUFFIX)) {
            for (Path file : files) {
                String stem = TaskFileNames.stem(file.getFileName().toString());
                if (isOf(schedule, stem)) {
                    return Optional.of(new TaskId(stem));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Optional.empty();
    }

    private static boolean isOf(String schedule, String id) {
        return id.startsWith(schedule + "-")
                && TIME.matcher(id.substring(schedule.length() + 1)).matches();
    }

    /** Puts a file beside the task, over one of the same name; answers where it lies. */
    Path attach(TaskId id, String name, byte[] content) throws IOException {
        Path directory = home.attachments(id);
        PrivateFile.createDirectories(directory);
        Path file = directory.resolve(name);
        AtomicFile.write(file, content);
        return file;
    }

    /** One of this name that waits there is the same, handed in by somebody who was not done yet. */
    @Override
    public void drop(TaskId id, String content) throws IOException {
        new TaskDrop(home).dropOnce(name(id), content.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(TaskId id) {
        return id + SUFFIX;
    }
}
