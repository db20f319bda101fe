package dev.orchestrator.view;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusQueryTest {
    @Test
    void a_disk_that_takes_nothing_is_what_a_queued_task_waits_for(@TempDir Path root) throws IOException {
        ManualTime time = new ManualTime();
        Home home = new Home(root);
        home.prepare();
        Task task = task("a").build();
        try (Journal journal = Journal.open(home.journal(), 1 << 20, Journal.Trusted.NOTHING, time, Thread::new)) {
            journal.start(List.of());
            journal.commit(List.of(new TaskEvent.TaskAccepted(task.id(), task, null, "utf-8", "Fix")));
        }
        StatusQuery query = new StatusQuery(home, time, (told, now) -> FullDisk.with(told, home.logs(), 0, now));

        assertThat(query.report().queued().get(0).waitsFor()).containsExactly("paused: disk");
        assertThat(query.task(task.id()).orElseThrow().waitsFor()).containsExactly("paused: disk");
        assertThat(query.report().holds()).extracting(Hold::cause).containsExactly(Hold.Cause.DISK);
    }
}
