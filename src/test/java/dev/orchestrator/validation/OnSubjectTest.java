package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnSubjectTest {
    private static final String POOL = "Explain why the connection pool runs out of connections under load";
    private static final String CAKE =
            "Preheat the oven to 180 degrees. Mix flour, sugar and butter until the dough is smooth,"
                    + " then add two eggs and a pinch of salt. Bake it and serve it with berries from the garden.";

    @TempDir
    Path directory;

    @Test
    void an_answer_about_something_else_is_a_warning() {
        warns(asked(POOL).says(CAKE));
    }

    @Test
    void it_is_not_where_anything_speaks_for_the_answer() {
        passes(asked(POOL).says(CAKE + " So is a connection."));
        passes(asked(POOL).present("docs/CAKE.txt").says(CAKE + " It is in CAKE.txt."));
        passes(asked("Summarise notes/monday.txt for somebody who was away").says(CAKE));
        passes(asked("Erkläre, warum der Verbindungspool unter Last nicht reicht")
                .says(CAKE));
        passes(asked("Go on").says(CAKE));
    }

    @Test
    void the_task_once_more_is_no_answer() {
        assertThat(asked(POOL).says(POOL + ".").check("relevance").isBlocking()).isTrue();
        warns(asked(POOL).says("Sure! " + POOL));
        warns(asked(POOL).changed("a.txt").says(POOL));
    }

    @Test
    void the_task_once_more_is_none_in_a_language_without_blanks_either() {
        String task = "审查解析器并报告所有错误和建议";
        assertThat(asked(task).says(task).check("relevance").isBlocking()).isTrue();
    }

    @Test
    void a_task_full_of_dots_is_read_to_its_end() {
        passes(asked("a.b" + ".c".repeat(9_000)).says(CAKE));
    }

    @Test
    void a_question_may_be_answered_with_its_own_words() {
        passes(asked("Does the pool close its idle connections after 30 seconds?")
                .says("The pool does close its idle connections after 30 seconds."));
        passes(asked("Rename the class Foo to Bar in Foo.java").says("Renamed the class Foo to Bar in Foo.java."));
    }

    @Test
    void nothing_is_said_of_a_task_whose_text_is_gone() {
        assertThat(new EvidenceBuilder(directory).says(CAKE).check("relevance").verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    private EvidenceBuilder asked(String task) {
        return new EvidenceBuilder(directory).asked(task);
    }

    private static void passes(EvidenceBuilder evidence) {
        assertThat(evidence.check("relevance").verdict()).isEqualTo(Verdict.PASS);
    }

    private static void warns(EvidenceBuilder evidence) {
        Finding finding = evidence.check("relevance");
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }
}
