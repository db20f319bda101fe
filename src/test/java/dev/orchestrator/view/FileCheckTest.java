package dev.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckTest {
    private static final String SCHEMA = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["x"],
             "properties":{"x":{"type":"integer"}}}""";

    @TempDir
    private Path root;

    @Test
    void an_artifact_that_the_index_has_and_nobody_else_is_missed() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.results());
        Files.writeString(home.artifact(new TaskId("here")), "{\"x\":1}");
        Files.writeString(
                home.index(),
                "{\"tasks\":{\"here\":{\"artifact\":\"results/here.json\"},\"lost\":{\"artifact\":\"results/lost.json\"}}}");
        assertThat(results(home))
                .filteredOn(result -> !result.valid() && !result.file().equals("results/index.json"))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.file()).isEqualTo("results/lost.json");
                    assertThat(result.remedy()).contains("reindex");
                });
    }

    @Test
    void every_file_and_line_is_held_against_its_schema() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.results());
        Files.createDirectories(home.logs());
        Files.writeString(home.artifact(new TaskId("good")), "{\"x\":1}");
        Files.writeString(home.artifact(new TaskId("bad")), "{\"x\":\"1\"}");
        Files.writeString(home.olderArtifact(new TaskId("bad"), 1), "{");
        Files.writeString(home.state(), "{\"x\":1}");
        Files.writeString(home.daemonInfo(), "{\"x\":1}");
        Files.createDirectories(home.rejected());
        Files.writeString(home.rejected().resolve("typo.task.md"), "not JSON");
        Files.writeString(home.reasonOf(home.rejected().resolve("typo.task.md")), "{\"y\":1}");
        Files.writeString(
                home.journal(),
                "{\"x\":1,\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"segment_opened\",\"segment\":1}\n"
                        + "{\"seq\":2}\n{\"torn");
        List<FileCheck.Result> results = new ArrayList<>();
        FileCheck check = new FileCheck(
                home, new Schemas(name -> new ByteArrayInputStream(SCHEMA.getBytes(StandardCharsets.UTF_8))));
        check.all(results::add);
        assertThat(results)
                .extracting(FileCheck.Result::file)
                .contains("tasks/rejected/typo.task.md.reason.json")
                .hasSize(7);
        assertThat(results)
                .filteredOn(FileCheck.Result::valid)
                .extracting(FileCheck.Result::file)
                .containsExactlyInAnyOrder("results/good.json", "logs/state.json", "logs/daemon.json");
        assertThat(results)
                .filteredOn(result -> result.file().startsWith("journal"))
                .allSatisfy(result ->
                        assertThat(result.problems()).singleElement().asString().startsWith("line 2: "));
        results.clear();
        assertThat(check.task(new TaskId("bad"), results::add)).isTrue();
        assertThat(results).hasSize(2);
        assertThat(check.task(new TaskId("none"), results::add)).isFalse();
    }

    @Test
    void a_line_that_is_not_json_is_named_by_its_place_in_the_journal() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.logs());
        Files.writeString(
                home.journal(),
                "{\"x\":1,\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"segment_opened\",\"segment\":1}\n"
                        + "{\"x\":oops}\n");
        List<FileCheck.Result> results = new ArrayList<>();
        new FileCheck(home, new Schemas(name -> new ByteArrayInputStream(SCHEMA.getBytes(StandardCharsets.UTF_8))))
                .all(results::add);

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.problems()).containsExactly("line 2, column 6: it is not JSON");
            assertThat(result.remedy()).isNotEmpty();
        });
    }

    @Test
    void the_history_is_held_against_its_schema_line_by_line_without_a_torn_end() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.logs());
        Files.writeString(home.history(), "{\"x\":1}\n{\"x\":2}\n{\"x\":");
        assertThat(results(home)).singleElement().satisfies(result -> {
            assertThat(result.file()).isEqualTo("logs/history.ndjson");
            assertThat(result.problems()).isEmpty();
        });
        Files.writeString(home.history(), "{\"x\":1}\noops\n");
        assertThat(results(home)).singleElement().satisfies(result -> {
            assertThat(result.problems()).containsExactly("line 2, column 1: it is not JSON");
            assertThat(result.remedy()).contains("the next start");
        });
        Files.write(home.history(), new byte[] {(byte) 0xC3, '\n'});
        assertThat(results(home))
                .singleElement()
                .satisfies(result -> assertThat(result.problems()).containsExactly("it is not UTF-8 text"));
    }

    @Test
    void an_artifact_under_the_name_of_another_task_is_named() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.results());
        Files.writeString(home.artifact(new TaskId("a")), "{\"x\":1,\"task_id\":\"a\"}");
        Files.writeString(home.olderArtifact(new TaskId("a"), 1), "{\"x\":1,\"task_id\":\"a\"}");
        Files.writeString(home.artifact(new TaskId("b")), "{\"x\":1,\"task_id\":\"a\"}");

        assertThat(results(home))
                .filteredOn(result -> !result.valid())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.file()).isEqualTo("results/b.json");
                    assertThat(result.problems()).containsExactly("it is of task a");
                });
    }

    @Test
    void a_journal_that_ends_before_what_was_made_from_it_is_cut() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.logs());
        Files.writeString(
                home.journal(),
                "{\"x\":1,\"seq\":1,\"ts\":\"2026-11-22T14:25:01.000Z\",\"event\":\"segment_opened\",\"schema_version\":\"1.0\",\"segment\":1}\n");
        Files.writeString(home.state(), "{\"x\":1,\"seq\":1}");
        assertThat(results(home)).allMatch(FileCheck.Result::valid);

        Files.writeString(home.state(), "{\"x\":1,\"seq\":2}");
        assertThat(results(home))
                .filteredOn(result -> !result.valid())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.file()).isEqualTo("journal");
                    assertThat(result.problems()).containsExactly("it ends with event 1, but event 2 was written");
                });

        Files.delete(home.journal());
        assertThat(results(home)).extracting(FileCheck.Result::valid).contains(false);
    }

    private static List<FileCheck.Result> results(Home home) throws IOException {
        List<FileCheck.Result> results = new ArrayList<>();
        new FileCheck(home, new Schemas(name -> new ByteArrayInputStream(SCHEMA.getBytes(StandardCharsets.UTF_8))))
                .all(results::add);
        return results;
    }
}
