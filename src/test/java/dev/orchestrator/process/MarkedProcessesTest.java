package dev.orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: environments are read from /proc")
class MarkedProcessesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final String mark = "MARKED_PROCESSES_TEST=" + UUID.randomUUID();
    private final MarkedProcesses marked = new MarkedProcesses(mark, ProcessTable.OF_THIS_MACHINE);
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void what_has_the_mark_is_found() throws IOException {
        Process process = start("env", mark, "sleep", "300");
        Await.until(LONG, () -> pids(marked.all()).contains(process.pid()));
        assertThat(pids(marked.after(process.pid() - 1))).contains(process.pid());
        assertThat(pids(marked.after(process.pid()))).isEmpty();
    }

    @Test
    void what_has_the_mark_is_found_though_the_system_says_at_first_that_it_is_not_there() throws IOException {
        Process process = start("env", mark, "sleep", "300");
        Await.until(LONG, () -> pids(marked.all()).contains(process.pid()));
        FaultyProcesses processes = new FaultyProcesses(FaultyProcesses.Fault.NOT_FOUND, 0, 2);
        assertThat(pids(new MarkedProcesses(mark, processes).after(process.pid() - 1)))
                .contains(process.pid());
    }

    /** Each has begun the next before it ends, so there is always one; and none lives as long as all others take to be asked. */
    @RepeatedTest(3)
    void of_a_chain_of_processes_that_live_for_a_moment_one_is_found_at_each_look(@TempDir Path temp)
            throws IOException {
        Path end = temp.resolve("end");
        Path hop = Files.writeString(
                temp.resolve("hop.sh"), "if [ $1 -eq 0 ]; then : > \"$2\"; else sh \"$0\" $(($1 - 1)) \"$2\" & fi\n");
        start("env", mark, "sh", hop.toString(), "1500", end.toString());
        Await.until(LONG, () -> !marked.all().isEmpty());

        int looks = 0;
        boolean found = true;
        for (; found && !Files.exists(end); looks++) {
            found = !marked.all().isEmpty() || Files.exists(end);
        }

        assertThat(found).as("at look " + looks).isTrue();
        assertThat(looks).isGreaterThan(5);
    }

    /** It looks like one that is just turning into another program, and for that we would wait at each look. */
    @Test
    void a_process_without_any_environment_holds_nobody_up() throws IOException {
        Process empty = start("env", "-i", "sleep", "300");
        Await.until(
                LONG,
                () -> Files.readString(Path.of("/proc/" + empty.pid() + "/comm"))
                        .equals("sleep\n"));

        Duration fastest = LONG;
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            assertThat(marked.all()).isEmpty();
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
        }
        assertThat(fastest)
                .as("a hundred waits of two milliseconds take longer")
                .isLessThan(Duration.ofMillis(200));
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static List<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).toList();
    }
}
