package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.NoticeEvent;
import dev.orchestrator.testkit.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class TailEventsCommandTest {
    @TempDir
    private Path root;

    @Test
    void the_last_twenty_events_are_the_default_and_nothing_is_waited_for() throws Exception {
        try (CliHome home = new CliHome(root, 1 << 20)) {
            for (int i = 1; i <= 25; i++) {
                home.accept("task-" + i);
            }
            assertThat(home.run("tail-events").out().lines().map(line -> line.split(" ")[1]))
                    .startsWith("task-6")
                    .endsWith("task-25")
                    .hasSize(20);
        }
    }

    @Test
    void each_line_tells_the_day_and_the_time_as_the_journal_has_them() throws Exception {
        try (CliHome home = new CliHome(root, 1 << 20)) {
            home.accept("one");

            String time =
                    home.run("tail-events", "-n", "1", "--json").out().replaceAll("(?s).*\"ts\":\"([^\"]+)\".*", "$1");

            assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(home.run("tail-events", "-n", "1").out()).startsWith(time + " one task_accepted ");
        }
    }

    @Test
    void an_event_that_there_is_not_is_a_mistake_and_the_nearest_name_is_told() throws Exception {
        try (CliHome home = new CliHome(root, 1 << 20)) {
            home.accept("one");

            CliHome.Result near = home.run("tail-events", "--event", "task_acepted");
            CliHome.Result far = home.run("tail-events", "--event", "nosuch");

            assertThat(List.of(near.code(), far.code())).containsOnly(2);
            assertThat(near.err()).contains("There is no event 'task_acepted'. Did you mean 'task_accepted'?");
            assertThat(far.err())
                    .contains("There is no event 'nosuch'. There are acceptance_finished, ", "task_accepted, ")
                    .doesNotContain("unknown");
            assertThat(near.out() + far.out()).isEmpty();
        }
    }

    @Test
    void following_goes_on_across_rotation_and_prints_every_event_once() throws Exception {
        try (CliHome home = new CliHome(root, 600)) {
            home.accept("before");
            int[] looks = {0};
            // Each wait is where something happens; the eighth ends the command, as Ctrl-C does.
            TailEventsCommand command = new TailEventsCommand(millis -> {
                home.accept("task-" + looks[0]);
                home.accept("more-" + looks[0]);
                return ++looks[0] == 8;
            });
            StringWriter out = new StringWriter();
            int code = new CommandLine(new RootCommand())
                    .addSubcommand("tail-events", command)
                    .setOut(new PrintWriter(out))
                    .execute("--home", root.toString(), "tail-events", "-f", "--event", "task_accepted");
            assertThat(code).isZero();
            assertThat(root.resolve("logs/events-000003.ndjson")).exists();
            assertThat(out.toString().lines().map(line -> line.split(" ")[1]))
                    .startsWith("before", "task-0", "more-0", "task-1")
                    .endsWith("task-6", "more-6")
                    .hasSize(15);
        }
    }

    /** Four threads write as fast as they can, and the command looks with the pauses that a user's has. */
    @Test
    void under_load_every_event_is_printed_once_and_in_order_across_many_rotations() throws Exception {
        int each = 1_000;
        try (CliHome home = new CliHome(root, 60_000)) {
            CountDownLatch over = new CountDownLatch(1);
            TailEventsCommand command = new TailEventsCommand(millis -> over.await(millis, TimeUnit.MILLISECONDS));
            StringWriter out = new StringWriter();
            CommandLine line = new CommandLine(new RootCommand())
                    .addSubcommand("tail-events", command)
                    .setOut(new PrintWriter(out));
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "writer-" + i;
                writers.add(new Thread(() -> {
                    for (int event = 0; event < each; event++) {
                        home.commit(new NoticeEvent.NoticeSent(name, event));
                    }
                }));
            }
            Thread follower = new Thread(() -> line.execute(
                    "--home",
                    root.toString(),
                    "tail-events",
                    "--json",
                    "-f",
                    "-n",
                    "1000000",
                    "--event",
                    "notice_sent"));
            follower.start();
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
            home.commit(new NoticeEvent.NoticeSent("the end", 0));
            Await.until(Duration.ofSeconds(30), () -> out.toString().contains("the end"));
            over.countDown();
            follower.join();

            List<Long> seqs = out.toString()
                    .lines()
                    .map(event -> Long.valueOf(event.substring("{\"seq\":".length(), event.indexOf(','))))
                    .toList();
            long rotations;
            try (Stream<Path> files = Files.list(root.resolve("logs"))) {
                rotations = files.filter(file -> file.getFileName().toString().startsWith("events-"))
                        .count();
            }
            System.out.println(seqs.size() + " events followed across " + rotations + " rotations");
            assertThat(rotations).isGreaterThanOrEqualTo(5);
            assertThat(seqs).hasSize(4 * each + 1).isSorted().doesNotHaveDuplicates();
        }
    }
}
