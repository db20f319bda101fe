package dev.orchestrator;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.intake.KnownTasks;
import dev.orchestrator.intake.TaskDrop;
import dev.orchestrator.schedule.Scheduler;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hands in tasks that the daemon itself makes: files like any other, with an id that says where they come from. Thread-safe. */
final class HandIn implements Scheduler.Drop {
    private final Home home;
    private final KnownTasks tasks;

    /** @param tasks those that there are and were */
    HandIn(Home home, KnownTasks tasks) {
        this.home = home;
        this.tasks = tasks;
    }

    @Override
    public boolean isKnown(TaskId id) {
        try {
            return isUnderWay(id)
                    || Files.exists(home.rejected().resolve(name(id)))
                    || tasks.find(id).isPresent();
        } catch (UncheckedIOException e) {
            // It is there, and cannot be read.
            return true;
        }
    }

    @Override
    public boolean isUnderWay(TaskId id) {
        // In the order in which it comes by.
        return Files.exists(home.tasks().resolve(name(id))) || Files.exists(home.accepted(id)) || isActive(id);
    }

    private boolean isActive(TaskId id) {
        try {
            return tasks.find(id).filter(known -> !known.status().isFinal()).isPresent();
        } catch (UncheckedIOException e) {
            // What has an artifact, readable or not, is over or in a later turn, which the state knows first.
            return false;
        }
    }

    /** Puts a file beside the task, over one of the same name; answers where it lies. */
    Path attach(TaskId id, String name, byte[] content) throws IOException {
        Path directory = home.attachments(id);
        PrivateFile.createDirectories(directory);
        Path file = directory.resolve(name);
        AtomicFile.write(file, content);
        return file;
    }

    @Override
    public void drop(TaskId id, String content) throws IOException {
        new TaskDrop(home).drop(name(id), content.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(TaskId id) {
        return id + ".task.md";
    }
}
