package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which file?",
                "I looked.\n\n**Which file?**",
                "Which file? \n\n",
                "Report.\n- `Which file?`",
                "(Which file?)",
                "どのファイルですか？"
            })
    void a_report_that_ends_with_a_question_asks(String report) {
        assertThat(Question.in(report)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Done.", "Why did it fail? Because of the sign.", "Is it?\nIt is."})
    void any_other_report_does_not(String report) {
        assertThat(Question.in(report)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "QUESTION: Which file",
                "I looked.\n\nQUESTION: Which file\n",
                "I looked.\n**QUESTION:** Which file",
                "- `QUESTION: Which file`",
                "> QUESTION:Which file"
            })
    void a_last_line_with_the_mark_asks_whatever_it_ends_with(String report) {
        assertThat(Question.marked(report)).contains("Which file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Which file?",
                "QUESTION: Which?\nI took the first.",
                "There is no QUESTION: left.",
                "Question: none"
            })
    void a_report_without_the_mark_on_its_last_line_has_no_marked_question(String report) {
        assertThat(Question.marked(report)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "QUESTION: None.",
                "QUESTION: none",
                "Done.\n\n**QUESTION:** None.",
                "- `QUESTION: n/a`",
                "QUESTION: N/A.",
                "QUESTION: no",
                "QUESTION: No questions.",
                "QUESTION:NO QUESTIONS!"
            })
    void a_marked_line_that_says_that_there_is_no_question_asks_nothing(String report) {
        assertThat(Question.marked(report)).isEmpty();
        assertThat(Question.in(report)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "None of the files matches, which one is meant",
                "No configuration found. Where is it",
                "no?",
                "None, or all",
                "n/a or empty",
                "No questions, but may I delete it",
                "Is none right"
            })
    void one_that_says_more_asks(String question) {
        assertThat(Question.marked("QUESTION: " + question)).contains(question);
    }

    @Test
    void a_question_without_end_is_cut() {
        assertThat(Question.in("x".repeat(600) + "?").orElseThrow()).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I looked at both.\n\nPlease clarify which of them you mean.",
                "I need your permission to edit the file.",
                "I am unsure what you want here.",
                "I'm waiting for your go-ahead.",
                "Let me know which one to take."
            })
    void who_asks_somebody_for_something_asks_without_a_question_mark_too(String report) {
        assertThat(Question.request(report)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Done: the parser confirms each record now.",
                "It needs permission 0600, which it has.",
                "Please note that the tests take a minute.",
                "The user is asked to confirm."
            })
    void what_only_sounds_alike_is_none(String report) {
        assertThat(Question.request(report)).isEmpty();
    }

    @Test
    @Timeout(5)
    void a_hostile_last_line_is_read_to_its_end_and_no_longer() {
        assertThat(Question.in("a" + " ".repeat(400_000) + "b?" + "*".repeat(400_000)))
                .isPresent();
        assertThat(Question.request("I need " + "your ".repeat(100_000) + "permission"))
                .isPresent();
    }
}
