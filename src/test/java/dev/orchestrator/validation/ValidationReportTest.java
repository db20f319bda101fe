package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationReportTest {
    @TempDir
    Path directory;

    @Test
    void an_honest_short_answer_of_a_reading_task_passes() {
        ValidationReport report = check(reading("Done."));

        assertThat(report.isValid()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void an_agent_that_ends_without_a_word_fails() {
        assertThat(check(reading("  \n")).problems()).containsExactly("structure");
    }

    @Test
    void a_change_that_was_claimed_and_made_passes() throws IOException {
        Files.writeString(directory.resolve("a.txt"), "x");

        ValidationReport report =
                check(writing(List.of(directory.resolve("a.txt").toString(), "./a.txt"), List.of("a.txt"), List.of()));

        assertThat(report.isValid()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void a_claimed_file_that_is_not_there_fails() {
        assertThat(check(writing(List.of("ghost.txt"), List.of("a.txt"), List.of()))
                        .problems())
                .containsExactly("evidence");
    }

    @Test
    void a_claimed_file_that_is_there_but_was_not_seen_to_change_is_a_warning() throws IOException {
        Files.writeString(directory.resolve("ignored.log"), "x");

        ValidationReport report = check(writing(List.of("ignored.log"), List.of("a.txt"), List.of()));

        assertThat(report.isValid()).isTrue();
        assertThat(report.warnings()).containsExactly("evidence");
    }

    @Test
    void a_change_that_nobody_claimed_is_a_warning() {
        assertThat(check(writing(List.of(), List.of("a.txt"), List.of())).warnings())
                .containsExactly("evidence");
    }

    @Test
    void a_task_of_a_changing_type_that_changed_nothing_fails() {
        assertThat(check(writing(List.of(), List.of(), List.of())).problems()).containsExactly("change_made");
    }

    @Test
    void a_reading_task_that_changed_something_by_its_own_tools_fails() throws IOException {
        Files.writeString(directory.resolve("a.txt"), "x");
        Evidence evidence = new Evidence(
                directory,
                true,
                false,
                false,
                List.of(),
                "Done.",
                List.of("a.txt"),
                true,
                List.of("a.txt"),
                List.of("a.txt"));

        assertThat(check(evidence).problems()).containsExactly("read_only");
    }

    @Test
    void a_change_beside_a_reading_task_without_tools_to_make_it_is_a_warning() {
        Evidence evidence = new Evidence(
                directory, true, false, false, List.of(), "Done.", List.of(), true, List.of("a.txt"), List.of("a.txt"));

        assertThat(check(evidence).isValid()).isTrue();
        assertThat(check(evidence).warnings()).contains("read_only");
    }

    @Test
    void a_reading_task_with_commands_answers_for_every_change() {
        Evidence evidence = new Evidence(
                directory, true, false, true, List.of(), "Done.", List.of(), true, List.of("a.txt"), List.of("a.txt"));

        assertThat(check(evidence).problems()).containsExactly("read_only");
    }

    @Test
    void without_a_picture_from_before_nothing_is_said_about_changes() {
        Evidence evidence = new Evidence(
                directory, false, true, false, List.of(), "Done.", List.of("ghost"), false, List.of(), List.of());

        assertThat(check(evidence).isValid()).isTrue();
        assertThat(check(evidence).findings().get("evidence").verdict()).isEqualTo(Finding.Verdict.SKIPPED);
    }

    @Test
    void each_expected_pattern_needs_a_file() {
        List<String> present = List.of("src/deep/LoginTest.java", "src/Login.java");

        assertThat(check(expecting(List.of("src/**/Login*.java"), present)).isValid())
                .isTrue();
        assertThat(check(expecting(List.of("src/**/Login.java"), present)).isValid())
                .isTrue();
        assertThat(check(expecting(List.of("docs/*.md", "src/*"), present)).problems())
                .containsExactly("expected_files");
    }

    @Test
    void a_pattern_that_is_no_pattern_matches_nothing_and_does_no_harm() {
        assertThat(check(expecting(List.of("src/[a"), List.of("src/a"))).problems())
                .containsExactly("expected_files");
    }

    private ValidationReport check(Evidence evidence) {
        return ValidationReport.of(evidence);
    }

    private Evidence reading(String result) {
        return new Evidence(directory, true, false, false, List.of(), result, List.of(), true, List.of(), List.of());
    }

    private Evidence writing(List<String> claimed, List<String> changed, List<String> expected) {
        return new Evidence(directory, false, true, false, expected, "Done.", claimed, true, changed, changed);
    }

    private Evidence expecting(List<String> globs, List<String> present) {
        return new Evidence(directory, false, false, false, globs, "Done.", List.of(), true, List.of(), present);
    }
}
