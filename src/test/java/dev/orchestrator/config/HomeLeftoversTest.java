package dev.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.testkit.disk.DiskFault;
import dev.orchestrator.testkit.disk.DiskOperation;
import dev.orchestrator.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeLeftoversTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:25:01.000Z");
    private static final String UUID = "0b5f6a0e-6a3c-4a3e-9f6e-0d9f3c1b2a47";
    private static final Duration YOUNG = Duration.ofMinutes(9);
    private static final Duration OLD = Duration.ofMinutes(11);

    @TempDir
    Path temp;

    private Home home;

    @BeforeEach
    void home() throws IOException {
        home = new Home(temp.toRealPath().resolve("home"));
        Files.createDirectories(home.root());
        home.prepare();
        Files.createDirectories(home.templates());
        Files.createDirectories(home.runs(new TaskId("fix")));
    }

    /** What only the daemon writes has no writer while another start holds its lock. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks/accepted/.fix.task.md.3.tmp",
                "tasks/rejected/.Fix It.TASK.md.reason.json.12.tmp",
                "results/.fix.json.1.tmp",
                "results/.fix.turn-2.json.1.tmp",
                "results/.index.json.77.tmp",
                "summaries/.fix.md.4.tmp",
                "results/.writable",
                "tasks/processed/..writable.2.tmp",
                "logs/.state.json.9.tmp",
                "logs/.state-base.json.2.tmp",
                "logs/.telegram.json.8.tmp",
                "logs/.daemon.json.1.tmp",
                "logs/.events-000012.ndjson.gz.tmp",
                "logs/.history.ndjson.3.tmp",
                "logs/.events.ndjson.2.tmp",
                "logs/.events.ndjson.corrupt-20261122T142501000.1.tmp",
                "logs/runs/fix/.turn-1.attempt-2.before.gz.tmp",
                "logs/runs/fix/.turn-1.attempt-2.changes.json.5.tmp",
            })
    void what_a_daemon_left_is_removed_however_young_it_is(String name) throws IOException {
        Path file = file(name, Duration.ZERO);

        assertThat(sweep()).containsExactly(file);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks/." + UUID + ".tmp",
                "tasks/.doctor4711.tmp",
                ".doctor4711.tmp",
                "results/.doctor1.tmp",
                "templates/.doctor18446744073709551615.tmp",
            })
    void what_a_command_left_is_removed_when_no_command_can_be_at_it_any_more(String name) throws IOException {
        Path file = file(name, YOUNG);
        assertThat(sweep()).isEmpty();
        assertThat(file).exists();

        age(file, OLD);
        assertThat(sweep()).containsExactly(file);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".notes.1.tmp",
                "tasks/.notes.tmp",
                "tasks/.fix.task.md.3.tmp",
                "tasks/" + UUID + ".tmp",
                "tasks/fix.task.md.tmp",
                "tasks/accepted/.notes.txt.1.tmp",
                "tasks/rejected/.fix.task.md.1.tmp",
                "results/.fix.json.tmp",
                "results/.fix.json.Xa81Zq",
                "results/.my notes.json.1.tmp",
                "summaries/.notes.md.tmp",
                "logs/.notes.1.tmp",
                "logs/.doctorx.tmp",
                "templates/.fix.md.1.tmp",
                "logs/runs/fix/.notes.1.tmp",
                "summaries/notes.tmp",
            })
    void what_may_be_a_users_is_left_alone_however_old_it_is(String name) throws IOException {
        Path file = file(name, Duration.ofDays(400));

        assertThat(sweep()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void only_plain_files_are_removed_and_what_cannot_be_keeps_nobody_from_starting() throws IOException {
        Path directory = Files.createDirectories(home.results().resolve(".fix.json.1.tmp/deep"));
        Path mine = file("mine", OLD);
        Path link = Links.symbolic(home.results().resolve(".fix.json.2.tmp"), mine);

        assertThat(sweep()).isEmpty();
        assertThat(directory).exists();
        assertThat(link).isSymbolicLink();
        assertThat(mine).exists();
    }

    @Test
    void directories_that_are_not_there_are_passed_over() throws IOException {
        home = new Home(temp.resolve("nowhere"));

        assertThat(sweep()).isEmpty();
    }

    @Test
    void a_directory_that_cannot_be_listed_keeps_nobody_from_starting_and_the_others_are_swept() throws IOException {
        Path file = file("logs/.state.json.1.tmp", OLD);
        FaultyDisk disk = new FaultyDisk();
        disk.watch(new DiskFault(Set.of(DiskOperation.Kind.LIST), 0, 1, operation -> {
            throw new FileSystemException(operation.path().toString(), null, "Input/output error");
        }));

        assertThat(new HomeLeftovers(new Home(disk.on(home.root()))).sweep(List.of(), NOW))
                .extracting(Path::toString)
                .containsExactly(file.toString());
        assertThat(file).doesNotExist();
    }

    /** There may be a hundred thousand artifacts in it. */
    @Test
    void no_directory_is_listed_twice() {
        List<String> listed = new ArrayList<>();
        FaultyDisk disk = new FaultyDisk();
        disk.watch(new DiskFault(Set.of(DiskOperation.Kind.LIST), 0, Integer.MAX_VALUE, operation -> {
            listed.add(operation.path().toString());
        }));

        new HomeLeftovers(new Home(disk.on(home.root()))).sweep(List.of(new TaskId("fix")), NOW);

        assertThat(listed).contains(home.results().toString()).doesNotHaveDuplicates();
    }

    private List<Path> sweep() {
        return new HomeLeftovers(home).sweep(List.of(new TaskId("fix"), new TaskId("never-ran")), NOW);
    }

    private Path file(String name, Duration age) throws IOException {
        Path file = Files.writeString(home.root().resolve(name), "half");
        age(file, age);
        return file;
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }
}
