package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedTest {
    private static final String GAVE_UP = "I was not able to complete the task.";

    @TempDir
    Path directory;

    @Test
    void who_says_only_that_it_gave_up_did_not_do_the_task() {
        Finding finding = asked().says(GAVE_UP).check("finished");
        assertThat(finding.isBlocking()).isTrue();
        assertThat(finding.detail()).contains("\"" + GAVE_UP + "\"");
    }

    @Test
    void that_is_a_warning_where_something_was_changed_or_found_all_the_same() {
        warns(asked().changed("a.txt").says(GAVE_UP));
        warns(asked().says(GAVE_UP + " However, two of the three questions are answered in notes.md."));
        warns(asked().says("Two of them are easy, and I did those. " + GAVE_UP));
    }

    @Test
    void what_was_left_out_of_a_task_is_not_the_task() {
        passes(asked().says("All are listed below. I was not able to run the tests."));
        passes(asked().says("At first I could not complete the task, since a file was missing."));
        passes(asked().says("The bot says \"I can't help with that\" then."));
        passes(asked().says("```\n" + GAVE_UP + "\n```\nThis is the text you asked for."));
    }

    @Test
    void where_the_task_is_about_such_words_they_prove_nothing() {
        passes(asked("Put into other words: I cannot help with that").says("I can't assist."));
    }

    @Test
    void a_promise_to_look_is_no_answer_of_a_reader() {
        assertThat(asked().reading()
                        .says("Sure! I will now look at the code.")
                        .check("finished")
                        .isBlocking())
                .isTrue();
        warns(asked().says("I'll add the file."));
        warns(asked().reading().says("The code is in a.c. Next, I'll read it."));
    }

    @Test
    void a_promise_is_no_fault_where_work_was_done_or_plans_were_wanted() {
        passes(asked().changed("a.txt").says("I'll leave the rest to you."));
        passes(asked("What would you do next?").says("I will read the code."));
        passes(asked().says("It is in a.c. Let me know if you want more."));
    }

    @Test
    void an_apology_alone_is_no_answer() {
        warns(asked().says("I am so sorry!"));
        passes(asked().says("Sorry, it is not there."));
    }

    private EvidenceBuilder asked() {
        return asked("Find the cause of the slow start");
    }

    private EvidenceBuilder asked(String task) {
        return new EvidenceBuilder(directory).asked(task);
    }

    private static void passes(EvidenceBuilder evidence) {
        assertThat(evidence.check("finished").verdict()).isEqualTo(Verdict.PASS);
    }

    private static void warns(EvidenceBuilder evidence) {
        Finding finding = evidence.check("finished");
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }
}
