package dev.orchestrator.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.config.Home;
import dev.orchestrator.housekeeping.Cleaning.Kind;
import dev.orchestrator.housekeeping.Cleaning.Report;
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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CleaningTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:25:01Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(30));
    private static final Instant OLD = NOW.minus(Duration.ofDays(31));
    private static final Instant NEW = NOW.minus(Duration.ofDays(29));

    private Home home;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        home = new Home(temp.toRealPath());
        home.prepare();
    }

    /** A task of two turns that ended {@code at}, with all that is left of one. */
    private void over(String name, Instant at) throws IOException {
        TaskId id = new TaskId(name);
        new ArtifactStore(home)
                .publish(Artifacts.succeeded(TaskBuilder.task(name).writes("/w").build(), 1, "one"));
        new ArtifactStore(home)
                .publish(Artifacts.succeeded(TaskBuilder.task(name).writes("/w").build(), 2, "two"));
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

    private Report clean(Kind kind, TaskView... active) throws IOException {
        return new Cleaning(home, List.of(active)).clean(kind, BEFORE);
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
    void a_rejected_file_goes_with_its_reason_and_one_that_is_worked_on_stays() throws IOException {
        Path old = home.rejected().resolve("a.task.md");
        Path edited = home.rejected().resolve("b.task.md");
        for (Path file : List.of(old, edited)) {
            write(file, OLD);
            write(home.reasonOf(file), OLD);
        }
        time(edited, NEW);

        clean(Kind.TASKS);

        assertThat(old).doesNotExist();
        assertThat(home.reasonOf(old)).doesNotExist();
        assertThat(edited).exists();
        assertThat(home.reasonOf(edited)).exists();
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

        Report would = new Cleaning(home, List.of()).look(kind, BEFORE);
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
