package dev.orchestrator;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.intake.TaskDrop;
import dev.orchestrator.schedule.Scheduler;
import dev.orchestrator.state.StateIndex;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Hands in tasks that the daemon itself makes: files like any other, with an id that says where they come from. Thread-safe. */
final class HandIn implements Scheduler.Drop {
    private final Home home;
    private final StateIndex state;
    private final ArtifactStore artifacts;

    HandIn(Home home, StateIndex state, ArtifactStore artifacts) {
        this.home = home;
        this.state = state;
        this.artifacts = artifacts;
    }

    @Override
    public boolean isKnown(TaskId id) {
        try {
            return isUnderWay(id)
                    || Files.exists(home.rejected().resolve(name(id)))
                    || artifacts.find(id).isPresent();
        } catch (IOException e) {
            // It is there, and cannot be read.
            return true;
        }
    }

    @Override
    public boolean isUnderWay(TaskId id) {
        // In the order in which it comes by.
        return Files.exists(home.tasks().resolve(name(id)))
                || Files.exists(home.accepted(id))
                || state.active(id).isPresent();
    }

    @Override
    public void drop(TaskId id, String content) throws IOException {
        new TaskDrop(home).drop(name(id), content.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(TaskId id) {
        return id + ".task.md";
    }
}
