package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegibleTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"Done.", "42", "✅", "はい", "| a | b |\n|---|---|", "x = 1;", "0"})
    void a_short_answer_is_a_text(String answer) {
        assertThat(check(answer).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void without_a_word_nothing_was_said_unless_something_was_done() {
        assertThat(check("...").isBlocking()).isTrue();
        assertThat(new EvidenceBuilder(directory)
                        .changed("a.txt")
                        .says("...")
                        .check("text")
                        .severity())
                .isEqualTo(Severity.WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "&&", "|", "^$", "/", "=>", "%", "€"})
    void an_operator_may_be_all_that_was_asked_for(String answer) {
        assertThat(check(answer).isBlocking()).isFalse();
    }

    @Test
    void lines_and_boxes_are_what_some_tasks_want() {
        String line = "-".repeat(120);
        assertThat(check(line).isBlocking()).isTrue();
        assertThat(asked("Draw a separator").says(line).check("text").isBlocking())
                .isFalse();
        String dots = ".".repeat(116) + "\n\nOK (116 tests)";
        assertThat(asked("Run the tests and show the output of it")
                        .says(dots)
                        .check("text")
                        .isBlocking())
                .isFalse();
    }

    @Test
    void lines_of_a_log_are_alike_for_good_reason() {
        String beat = "2026-11-01 12:00:01 INFO heartbeat ok\n";
        assertThat(check(beat.repeat(60)).verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"## Findings\n\n## Advice\n", "- [ ] \n- [ ] ", "null", "(no content)", "API Error: 529 busy"})
    void a_form_and_an_error_are_no_report(String answer) {
        assertThat(asked("Review the parser").says(answer).check("text").verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TODO", "N/A", "null", "undefined"})
    void what_stands_in_forms_may_answer_a_question(String answer) {
        assertThat(asked("What does find() give for an empty list?")
                        .says(answer)
                        .check("text")
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"None.", "none", "Error: none. Warnings: 2, both in Foo.java."})
    void that_there_is_none_is_an_answer(String answer) {
        assertThat(asked("List the unused imports").says(answer).check("text").verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void the_same_over_and_over_is_none() {
        assertThat(check("na ".repeat(200)).isBlocking()).isTrue();
        assertThat(check("I read it again to be sure.\n".repeat(50)).isBlocking())
                .isTrue();
    }

    @Test
    void the_same_over_and_over_may_be_what_was_wanted() {
        Finding finding = new EvidenceBuilder(directory)
                .asked("Write it 100 times")
                .says("I shall not talk in class.\n".repeat(100))
                .check("text");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void a_trace_of_endless_recursion_is_no_repetition() {
        String trace = "java.lang.StackOverflowError\n" + "    at dev.app.Node.depth(Node.java:31)\n".repeat(500);
        assertThat(check(trace).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void letters_read_in_the_wrong_charset_are_a_warning() {
        Finding finding = check("FÃ¼r die Ã„nderung gilt das nicht, die GrÃ¶ÃŸe bleibt.");
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.isBlocking()).isFalse();
    }

    @Test
    void a_hostile_answer_is_looked_at_only_in_part() {
        String hostile = "„«`\"".repeat(500_000) + "I could not could not ".repeat(50_000) + "a/a.".repeat(500_000);
        assertThat(new EvidenceBuilder(directory)
                        .asked("_-".repeat(500_000) + "a/a.".repeat(200_000))
                        .says(hostile)
                        .check()
                        .findings())
                .containsKeys("text", "relevance", "finished");
    }

    private Finding check(String answer) {
        return new EvidenceBuilder(directory).says(answer).check("text");
    }

    private EvidenceBuilder asked(String task) {
        return new EvidenceBuilder(directory).asked(task);
    }
}
