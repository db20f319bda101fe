package dev.orchestrator.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.Tombstones;
import dev.orchestrator.config.Home;
import dev.orchestrator.housekeeping.Cleaning.Kind;
import dev.orchestrator.housekeeping.Cleaning.Report;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import dev.orchestrator.testkit.Artifacts;
import dev.orchestrator.testkit.Links;
import dev.orchestrator.testkit.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CleaningTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:25:01Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(30));
    private static final Instant OLD = NOW.minus(Duration.ofDays(31));
    private static final Instant NEW = NOW.minus(Duration.ofDays(29));

    private final Set<TaskId> forgotten = new HashSet<>();
    private Home home;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        home.prepare();
    }

    /** A task of two turns that ended {@code at}, with all that is left of one. */
    private void over(String name, Instant at) throws IOException {
        TaskId id = new TaskId(name);
        Task task = TaskBuilder.task(name).writes("/w").acceptedAt(at).build();
        new ArtifactStore(home).publish(Artifacts.succeeded(task, 1, "one"));
        new ArtifactStore(home).publish(Artifacts.succeeded(task, 2, "two"));
        write(home.patch(id), at);
        write(home.summary(id), at);
        write(home.processed(id, TaskStatus.SUCCEEDED), OLD);
        write(home.processedReply(id, "0123456789abcdef"), OLD);
        Files.createDirectories(home.runs(id).resolve("files"));
        write(home.runs(id).resolve("files/x"), OLD);
        time(home.artifact(id), at);
        time(home.olderArtifact(id, 1), at);
        time(home.runs(id), OLD);
    }

    private static void write(Path file, Instant at) throws IOException {
        Files.writeString(file, "12345");
        time(file, at);
    }

    private static void time(Path file, Instant at) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private Report clean(Kind kind, Instant before, TaskView... active) throws IOException {
        return new Cleaning(home, List.of(active))
                .clean(kind, Cleaning.entries(home, kind), before, NOW, forgotten::addAll);
    }

    private Report clean(Kind kind, TaskView... active) throws IOException {
        return clean(kind, BEFORE, active);
    }

    @Test
    void artifacts_go_with_all_their_turns_and_nothing_else_does() throws IOException {
        over("old", OLD);
        over("new", NEW);

        Report report = clean(Kind.ARTIFACTS);

        assertThat(report.paths())
                .containsExactlyInAnyOrder(
                        "results/old.json", "results/old.turn-1.json", "results/old.patch", "summaries/old.md");
        assertThat(report.tasks()).containsExactly(new TaskId("old"));
        assertThat(home.artifact(new TaskId("old"))).doesNotExist();
        assertThat(home.artifact(new TaskId("new"))).exists();
        assertThat(home.olderArtifact(new TaskId("new"), 1)).exists();
        assertThat(home.runs(new TaskId("old"))).exists();
        assertThat(home.processed(new TaskId("old"), TaskStatus.SUCCEEDED)).exists();
    }

    @Test
    void the_age_of_a_task_file_is_that_of_its_task_s_end() throws IOException {
        over("old", OLD);
        over("new", NEW);

        assertThat(clean(Kind.TASKS).paths())
                .containsExactlyInAnyOrder(
                        "tasks/processed/old.succeeded.task.md", "tasks/processed/old.reply-0123456789ab.task.md");
        assertThat(home.processed(new TaskId("new"), TaskStatus.SUCCEEDED)).exists();
    }

    @Test
    void what_came_with_a_task_goes_with_its_file() throws IOException {
        over("old", OLD);
        over("new", NEW);
        for (String id : List.of("old", "new")) {
            Files.createDirectories(home.attachments(new TaskId(id)));
            write(home.attachments(new TaskId(id)).resolve("report.pdf"), OLD);
        }

        assertThat(clean(Kind.TASKS).paths()).contains("attachments/old");
        assertThat(home.attachments(new TaskId("old"))).doesNotExist();
        assertThat(home.attachments(new TaskId("new")).resolve("report.pdf")).exists();
    }

    @Test
    void what_came_with_a_rejected_file_goes_with_it_unless_it_is_a_task_s() throws IOException {
        over("taken", NEW);
        for (String id : List.of("taken", "nobodys")) {
            Path file = home.rejected().resolve(id + ".task.md");
            write(file, OLD);
            reject(file, OLD);
            Files.createDirectories(home.attachments(new TaskId(id)));
            write(home.attachments(new TaskId(id)).resolve("report.pdf"), OLD);
        }

        assertThat(clean(Kind.TASKS).paths()).contains("attachments/nobodys").doesNotContain("attachments/taken");
        assertThat(home.attachments(new TaskId("nobodys"))).doesNotExist();
    }

    @Test
    void a_rejected_file_goes_with_its_reason_and_one_that_is_worked_on_stays() throws IOException {
        Path old = home.rejected().resolve("a.task.md");
        Path edited = home.rejected().resolve("b.task.md");
        for (Path file : List.of(old, edited)) {
            write(file, OLD);
            reject(file, OLD);
        }
        time(edited, NEW);

        clean(Kind.TASKS);

        assertThat(old).doesNotExist();
        assertThat(home.reasonOf(old)).doesNotExist();
        assertThat(edited).exists();
        assertThat(home.reasonOf(edited)).exists();
    }

    private void reject(Path file, Instant at) throws IOException {
        Path reason = home.reasonOf(file);
        Files.writeString(reason, "{\"file\":\"" + file.getFileName() + "\"}");
        time(reason, at);
    }

    /** Moving it there changes no time of it. */
    @Test
    void a_file_that_was_written_long_ago_and_rejected_a_moment_ago_stays() throws IOException {
        Path file = home.rejected().resolve("a.task.md");
        write(file, OLD);
        reject(file, NEW);

        assertThat(clean(Kind.TASKS).paths()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void a_rejected_file_without_a_reason_of_its_own_stays() throws IOException {
        write(home.rejected().resolve("none.task.md"), OLD);
        Path file = home.rejected().resolve("other.task.md");
        write(file, OLD);
        Files.writeString(home.reasonOf(file), "{\"file\":\"another.task.md\"}");
        time(home.reasonOf(file), OLD);

        assertThat(clean(Kind.TASKS).paths()).isEmpty();
    }

    /** Its time of change counts, since moving it there changes none that is shown. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: when a file was moved is not known there")
    void a_task_file_of_which_nothing_else_is_known_is_as_old_as_its_place() throws IOException {
        Path file = home.processed(new TaskId("a"), TaskStatus.SUCCEEDED);
        write(file, Instant.now().minus(Duration.ofDays(400)));

        assertThat(clean(Kind.TASKS, Instant.now().minus(Duration.ofDays(30))).paths())
                .isEmpty();
        assertThat(clean(Kind.TASKS, Instant.now().plus(Duration.ofDays(1))).paths())
                .hasSize(1);
    }

    @Test
    void what_is_left_of_a_task_whose_artifact_was_removed_is_as_old_as_its_end() throws IOException {
        over("old", OLD);
        over("new", NEW);
        clean(Kind.ARTIFACTS, NOW);
        assertThat(home.artifact(new TaskId("new"))).doesNotExist();

        assertThat(clean(Kind.RUNS).tasks()).containsExactly(new TaskId("old"));
        assertThat(clean(Kind.TASKS).tasks()).containsExactly(new TaskId("old"));
    }

    @Test
    void of_an_artifact_that_is_removed_stays_how_its_task_ended_and_from_which_file_it_came() throws IOException {
        over("old", OLD);

        clean(Kind.ARTIFACTS);

        assertThat(new Tombstones(home).find(new TaskId("old")))
                .contains(new Tombstones.Tombstone(new TaskId("old"), "0".repeat(64), TaskStatus.SUCCEEDED, OLD, NOW));
    }

    @Test
    void nothing_is_removed_before_the_index_has_forgotten_it() throws IOException {
        over("old", OLD);
        Cleaning cleaning = new Cleaning(home, List.of());

        assertThatThrownBy(() ->
                        cleaning.clean(Kind.ARTIFACTS, Cleaning.entries(home, Kind.ARTIFACTS), BEFORE, NOW, tasks -> {
                            throw new IOException("no room for " + tasks);
                        }))
                .hasMessage("no room for [old]");

        assertThat(home.artifact(new TaskId("old"))).exists();
        assertThat(home.patch(new TaskId("old"))).exists();
        assertThat(new Tombstones(home).find(new TaskId("old"))).isPresent();
    }

    /** A directory that is not empty is as good as a file that is held. */
    @Test
    void what_cannot_be_removed_keeps_no_other_from_being_and_is_named() throws IOException {
        over("a", OLD);
        over("b", OLD);
        over("c", OLD);
        Path held = home.olderArtifact(new TaskId("a"), 1);
        Files.delete(held);
        Files.createDirectories(held.resolve("x"));

        Report report = clean(Kind.ARTIFACTS);

        assertThat(report.problems()).singleElement().asString().startsWith("results/a.turn-1.json cannot be removed");
        assertThat(report.tasks()).containsExactlyInAnyOrder(new TaskId("b"), new TaskId("c"));
        assertThat(forgotten).contains(new TaskId("b"), new TaskId("c"));
        assertThat(held).exists();
        assertThat(home.artifact(new TaskId("a"))).exists();
        assertThat(home.artifact(new TaskId("c"))).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: permissions of POSIX")
    void of_a_directory_that_cannot_be_read_counts_what_can_be() throws IOException {
        over("old", OLD);
        Path shut = Files.createDirectories(home.runs(new TaskId("old")).resolve("shut"));
        write(shut.resolve("y"), OLD);
        time(home.runs(new TaskId("old")), OLD);
        Files.setPosixFilePermissions(shut, Set.of());

        assertThat(clean(Kind.RUNS).paths()).containsExactly("logs/runs/old");
        assertThat(home.runs(new TaskId("old"))).doesNotExist();
    }

    @Test
    void the_records_of_runs_go_as_a_whole() throws IOException {
        over("old", OLD);
        over("new", NEW);

        Report report = clean(Kind.RUNS);

        assertThat(report.paths()).containsExactly("logs/runs/old");
        assertThat(report.bytes()).isEqualTo(5);
        assertThat(home.runs(new TaskId("old"))).doesNotExist();
        assertThat(home.runs(new TaskId("new"))).exists();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_is_not_over_or_is_followed_by_something_that_is_not_stays(Kind kind) throws IOException {
        over("itself", OLD);
        over("first", OLD);
        over("parent", OLD);
        TaskView again = TaskBuilder.view(TaskBuilder.task("itself").build());
        TaskView next = TaskBuilder.view(
                TaskBuilder.task("next").after("first").parent("parent").build());

        assertThat(clean(kind, again, next).paths()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void to_look_removes_nothing(Kind kind) throws IOException {
        over("old", OLD);

        Report would = new Cleaning(home, List.of()).look(kind, Cleaning.entries(home, kind), BEFORE);
        assertThat(clean(kind)).isEqualTo(would);
        assertThat(would.paths()).isNotEmpty();
        assertThat(clean(kind).paths()).isEmpty();
    }

    @Test
    void what_is_damaged_or_is_none_of_ours_is_left_for_somebody_to_look_at() throws IOException {
        write(home.results().resolve("broken.json"), OLD);
        write(home.results().resolve("index.json"), OLD);
        write(home.results().resolve("notes of mine.json"), OLD);
        write(home.processed().resolve("README.task.md"), OLD);
        Files.createDirectories(home.runs().resolve("not an id"));
        time(home.runs().resolve("not an id"), OLD);

        for (Kind kind : Kind.values()) {
            assertThat(clean(kind).paths()).as(kind.toString()).isEmpty();
        }
    }

    @Test
    void a_link_is_neither_followed_nor_removed(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(elsewhere.resolve("x"), "x");
        time(file, OLD);
        Links.symbolic(home.runs().resolve("a"), elsewhere);
        Links.symbolic(home.processed().resolve("a.succeeded.task.md"), file);

        for (Kind kind : Kind.values()) {
            assertThat(clean(kind).paths()).isEmpty();
        }
        assertThat(file).exists();
    }

    @Test
    void a_file_with_a_dot_in_its_name_that_somebody_put_there_is_no_task_s() throws IOException {
        over("my", OLD);
        write(home.processed().resolve("my.notes.task.md"), OLD);

        clean(Kind.TASKS);

        assertThat(home.processed().resolve("my.notes.task.md")).exists();
        assertThat(home.processed(new TaskId("my"), TaskStatus.SUCCEEDED)).doesNotExist();
    }

    @Test
    void a_rejected_file_goes_whatever_the_letters_of_its_ending() throws IOException {
        Path file = home.rejected().resolve("A.TASK.MD");
        write(file, OLD);
        reject(file, OLD);

        assertThat(clean(Kind.TASKS).paths())
                .containsExactly("tasks/rejected/A.TASK.MD", "tasks/rejected/A.TASK.MD.reason.json");
    }

    /** Ids may have dots. */
    @Test
    void one_task_s_file_is_not_taken_for_another_s() throws IOException {
        over("a", OLD);
        over("a.b", NEW);
        over("a.succeeded", NEW);

        for (Kind kind : Kind.values()) {
            assertThat(clean(kind).tasks()).containsExactly(new TaskId("a"));
        }
    }
}
