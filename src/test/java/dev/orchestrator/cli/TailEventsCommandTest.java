package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
}
