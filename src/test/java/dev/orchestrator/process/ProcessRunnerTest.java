package dev.orchestrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: the programs of this test are shell scripts")
class ProcessRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String FOR_EVER = "while true; do sleep 0.1; done";

    @TempDir
    Path temp;

    private ProcessRunner runner = new ProcessRunner();

    @Test
    void a_process_sees_its_files_its_directory_and_nothing_of_our_environment() throws Exception {
        RunningProcess process = started("cat; pwd; env; echo bad >&2; exit 4");

        assertThat(process.waitFor(LONG)).isTrue();
        assertThat(process.exitCode()).hasValue(4);
        assertThat(Files.readString(temp.resolve("out")))
                .startsWith("input" + temp.toRealPath() + "\n")
                .contains("ONLY=this")
                .doesNotContain("HOME=");
        assertThat(temp.resolve("err")).hasContent("bad");
    }

    @Test
    void a_living_process_is_found_by_pid_and_start_and_by_an_argument() throws Exception {
        String mark = UUID.randomUUID().toString();
        RunningProcess process = started(FOR_EVER, mark);
        Instant start = process.startedAt().orElseThrow();

        assertThat(runner.find(process.pid(), start)).isPresent();
        assertThat(runner.find(process.pid(), start.minusSeconds(60))).isEmpty();
        assertThat(runner.find(process.pid(), start.plusSeconds(60))).isEmpty();
        assertThat(runner.findByArgument(mark).orElseThrow().pid()).isEqualTo(process.pid());

        process.stop(LONG);
        assertThat(runner.find(process.pid(), start)).isEmpty();
        assertThat(runner.findByArgument(mark)).isEmpty();
    }

    /** The JDK tells arguments up to an empty one, and none of a long line. */
    @Test
    void an_argument_is_found_behind_an_empty_one_and_among_many() throws Exception {
        String mark = UUID.randomUUID().toString();
        RunningProcess process = started(FOR_EVER, "", "x".repeat(20_000), mark);

        assertThat(runner.findByArgument(mark).orElseThrow().pid()).isEqualTo(process.pid());
        process.stop(LONG);
    }

    @Test
    void a_process_that_was_found_again_can_be_awaited_but_has_no_exit_code() throws Exception {
        RunningProcess process = started("while [ ! -e go ]; do sleep 0.05; done");
        RunningProcess found =
                runner.find(process.pid(), process.startedAt().orElseThrow()).orElseThrow();

        assertThat(found.waitFor(Duration.ofMillis(50))).isFalse();
        Files.createFile(temp.resolve("go"));
        assertThat(found.waitFor(LONG)).isTrue();
        assertThat(found.exitCode()).isEmpty();
    }

    @Test
    void a_stop_reaches_children_and_grandchildren() throws Exception {
        RunningProcess process = started("sh -c 'sh -c \"echo \\$\\$ > grand; " + FOR_EVER + "\" & wait' & wait");
        Await.until(LONG, () -> Files.exists(temp.resolve("grand")) && Files.size(temp.resolve("grand")) > 0);
        long grandchild = Long.parseLong(Files.readString(temp.resolve("grand")).strip());

        ProcessTree.Stopped stopped = process.stop(LONG);

        assertThat(stopped.asked()).isGreaterThanOrEqualTo(3);
        assertThat(stopped.alive()).isEmpty();
        Await.until(
                LONG,
                () -> ProcessHandle.of(grandchild)
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void a_process_that_ignores_the_request_is_killed() throws Exception {
        RunningProcess process = started("trap '' TERM; touch up; " + FOR_EVER);
        Await.until(LONG, () -> Files.exists(temp.resolve("up")));

        ProcessTree.Stopped stopped = process.stop(Duration.ofMillis(200));

        assertThat(stopped.killed()).isPositive();
        assertThat(stopped.alive()).isEmpty();
        assertThat(process.waitFor(LONG)).isTrue();
    }

    @Test
    void a_kill_of_which_nothing_comes_is_tried_again() throws Exception {
        FaultyProcesses processes = new FaultyProcesses(FaultyProcesses.Fault.NOT_KILLED, 0, 2);
        runner = processes.runner();
        RunningProcess process = started("trap '' TERM; touch up; " + FOR_EVER);
        Await.until(LONG, () -> Files.exists(temp.resolve("up")));

        ProcessTree.Stopped stopped = process.stop(Duration.ofMillis(50));

        assertThat(processes.seen()).isGreaterThan(2);
        assertThat(stopped.alive()).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: zombies are told by /proc")
    void a_process_whose_exit_code_nobody_asks_for_has_ended() throws Exception {
        RunningProcess process = started("sleep 0.01 & echo $! > child; exec sleep 300");
        Await.until(LONG, () -> Files.exists(temp.resolve("child")) && Files.size(temp.resolve("child")) > 0);
        ProcessHandle child = ProcessHandle.of(
                        Long.parseLong(Files.readString(temp.resolve("child")).strip()))
                .orElseThrow();
        RunningProcess found = RunningProcess.found(child);

        Await.until(LONG, () -> found.waitFor(Duration.ofMillis(20)));
        assertThat(child.isAlive()).isTrue();
        assertThat(ProcessTree.isRunning(child)).isFalse();
        process.stop(LONG);
    }

    @Test
    void a_program_that_is_missing_is_told_from_one_that_cannot_start() throws IOException {
        assertThat(launch(List.of(temp.resolve("nothing").toString())))
                .isInstanceOfSatisfying(
                        Launch.NotStarted.class,
                        failed -> assertThat(failed.why()).isEqualTo(Launch.Why.PROGRAM_MISSING));
        Path nowhere = temp.resolve("nowhere");
        assertThat(launch(List.of("/bin/sh"), nowhere))
                .isInstanceOfSatisfying(
                        Launch.NotStarted.class,
                        failed -> assertThat(failed.why()).isEqualTo(Launch.Why.REFUSED));
    }

    @Test
    void what_the_system_refuses_is_an_answer_and_no_exception() throws IOException {
        Path noInterpreter = script("#!" + temp.resolve("nothing"));
        assertThat(whyNot(List.of(noInterpreter.toString()), Map.of())).isEqualTo(Launch.Why.REFUSED);
        Path mayNotBeRun = Files.writeString(temp.resolve("plain"), "#!/bin/sh");
        assertThat(whyNot(List.of(mayNotBeRun.toString()), Map.of())).isEqualTo(Launch.Why.PROGRAM_MISSING);
        assertThat(whyNot(List.of("/bin/sh", "-c", "x".repeat(4 << 20)), Map.of()))
                .isEqualTo(Launch.Why.REFUSED);
        assertThat(whyNot(List.of("/bin/sh"), Map.of("LONG", "x".repeat(4 << 20))))
                .isEqualTo(Launch.Why.REFUSED);
        assertThat(whyNot(List.of("/bin/sh"), Map.of("NUL", "a\0b"))).isEqualTo(Launch.Why.REFUSED);
        assertThat(whyNot(List.of("/bin/sh", "a\0b"), Map.of())).isEqualTo(Launch.Why.REFUSED);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "platform: open files are counted by /proc")
    void a_start_that_fails_keeps_no_file_open() throws IOException {
        whyNot(List.of(temp.resolve("nothing").toString()), Map.of());
        long before = openFilesHere();
        for (int i = 0; i < 20; i++) {
            whyNot(List.of(temp.resolve("nothing").toString()), Map.of());
        }
        assertThat(openFilesHere()).isEqualTo(before);
    }

    private long openFilesHere() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(each -> {
                        try {
                            return Files.readSymbolicLink(each).startsWith(temp.toRealPath());
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private Path script(String text) throws IOException {
        Path file = Files.writeString(temp.resolve("script"), text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private Launch.Why whyNot(List<String> command, Map<String, String> environment) throws IOException {
        Path in = Files.writeString(temp.resolve("in"), "");
        Launch launch =
                runner.start(new ProcessSpec(command, temp, environment, in, temp.resolve("out"), temp.resolve("err")));
        return ((Launch.NotStarted) launch).why();
    }

    @Test
    void a_process_is_known_by_its_argument_when_the_clock_was_set() throws Exception {
        String mark = UUID.randomUUID().toString();
        RunningProcess process = started(FOR_EVER, mark);
        Instant otherwise = process.startedAt().orElseThrow().plusSeconds(3600);

        assertThat(runner.find(process.pid(), otherwise, mark)).isPresent();
        assertThat(runner.find(process.pid(), otherwise, mark + "0")).isEmpty();
        process.stop(LONG);
        assertThat(runner.find(process.pid(), otherwise, mark)).isEmpty();
    }

    private RunningProcess started(String script, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return ((Launch.Started) launch(command)).process();
    }

    private Launch launch(List<String> command) throws IOException {
        return launch(command, temp.toRealPath());
    }

    private Launch launch(List<String> command, Path directory) throws IOException {
        Path in = Files.writeString(temp.resolve("in"), "input");
        return runner.start(new ProcessSpec(
                command,
                directory,
                Map.of("PATH", "/usr/bin:/bin", "ONLY", "this"),
                in,
                temp.resolve("out"),
                temp.resolve("err")));
    }
}
