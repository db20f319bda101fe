package dev.orchestrator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Notice;
import dev.orchestrator.testkit.Await;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PostOfficeTest {
    @TempDir
    Path temp;

    private final RecordingSink journal = new RecordingSink(new ManualTime());
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Semaphore ear = new Semaphore(0);

    /** Takes a letter when it is let, and not at all when it is interrupted. */
    private final class Slow implements Channel {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Delivery deliver(Letter letter) throws InterruptedException {
            begun.add(letter.id());
            ear.acquire();
            told.add(letter.id());
            return new Delivery.Delivered();
        }

        @Override
        public void close() {}
    }

    @Test
    void whoever_goes_on_for_another_waits_until_that_one_is_gone() {
        Home home = new Home(temp);
        Letters letters = new Letters(home, new ArtifactStore(home), Redactor.SHAPES_ONLY);
        try (PostOffice office = new PostOffice(
                () -> journal.state().outbox(),
                letters,
                journal,
                name -> task -> new Thread(task, name),
                TimeSource.system())) {
            List<Notice.Kind> kinds = List.of(Notice.Kind.values());
            office.follow(kinds, List.of(new Slow()));
            for (int i = 0; i < 12; i++) {
                journal.commit(List.of(new DaemonEvent.ConfigRefused("file", List.of("problem " + i))));
            }
            Await.until(Duration.ofSeconds(20), () -> begun.size() == 1);

            office.follow(kinds, List.of(new Slow()));
            ear.release(100);
            Await.until(
                    Duration.ofSeconds(20),
                    () -> journal.state().outbox().pending("slow").isEmpty());
        }

        assertThat(told).hasSize(12).doesNotHaveDuplicates();
    }
}
