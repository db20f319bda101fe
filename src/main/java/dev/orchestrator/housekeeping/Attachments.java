package dev.orchestrator.housekeeping;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What came with tasks, which goes with their files. */
final class Attachments {
    private final Home home;
    private final Set<TaskId> needed;

    /** @param needed tasks that are not over, and what they follow */
    Attachments(Home home, Set<TaskId> needed) {
        this.home = home;
        this.needed = needed;
    }

    /** The directory; none when nothing came with {@code id}. */
    List<Path> of(TaskId id) {
        Path directory = home.attachments(id);
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) ? List.of(directory) : List.of();
    }

    /** Of a file that was rejected: what came with it, unless there is a task of that id to which it belongs. */
    List<Path> ofRejected(Optional<TaskId> id) {
        boolean nobodys = id.isPresent()
                && !needed.contains(id.get())
                && !Files.exists(home.accepted(id.get()))
                && !Files.exists(home.artifact(id.get()));
        return nobodys ? of(id.get()) : List.of();
    }
}
