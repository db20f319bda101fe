package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.housekeeping.Cleaning.Kind;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.testkit.TaskBuilder;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartwiseCleaningTest {
    private static final int MANY = 2 * PartwiseCleaning.MOST_ENTRIES + 1;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<TaskView> active = new ArrayList<>();
    private Home home;
    private int parts;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        home.prepare();
        for (int i = 0; i < MANY; i++) {
            Files.writeString(processed(i), "x");
        }
    }

    private Path processed(int number) {
        return home.processed(new TaskId("t" + (10_000 + number)), TaskStatus.SUCCEEDED);
    }

    private PartwiseCleaning.Result clean(Runnable afterEach) throws Exception {
        PartwiseCleaning cleaning = new PartwiseCleaning(home, () -> active, tasks -> {}, TimeSource.system(), closing);
        return cleaning.clean(Kind.TASKS, Duration.ofDays(-1), part -> {
            long before = left();
            part.run();
            assertThat(before - left()).isLessThanOrEqualTo(PartwiseCleaning.MOST_ENTRIES);
            parts++;
            afterEach.run();
        });
    }

    private long left() {
        try (Stream<Path> files = Files.list(home.processed())) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void much_is_removed_in_parts_and_nobody_waits_for_all_of_them() throws Exception {
        PartwiseCleaning.Result result = clean(() -> {});

        assertThat(parts).isEqualTo(3);
        assertThat(result).isEqualTo(new PartwiseCleaning.Result(MANY, MANY, List.of(), true));
        assertThat(left()).isZero();
    }

    @Test
    void what_begins_anew_between_two_parts_keeps_what_it_needs() throws Exception {
        clean(() -> active.add(
                TaskBuilder.view(TaskBuilder.task("t" + (10_000 + MANY - 1)).build())));

        assertThat(left()).isEqualTo(1);
        assertThat(processed(MANY - 1)).exists();
    }

    @Test
    void no_part_is_begun_when_the_daemon_ends() throws Exception {
        PartwiseCleaning.Result result = clean(closing::countDown);

        assertThat(parts).isEqualTo(1);
        assertThat(result.whole()).isFalse();
        assertThat(left()).isEqualTo(MANY - PartwiseCleaning.MOST_ENTRIES);
    }
}
