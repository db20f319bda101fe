package dev.orchestrator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What does error E17 mean? | The request could not be completed because the upstream server timed out.",
                "Summarise incident.md | The request could not be completed, since the pool was exhausted. It recovered.",
                "Explain what job 17 printed | The job could not be completed: disk full on node 3.",
                "Has the review been completed? | The review was not completed.",
                "Is the migration done? | The task was not completed: 3 of 10 tables are left.",
                "Write a polite refusal for the support desk | I'm sorry, but I can't help with that. Please write to us.",
                "Repeat line 3 of notes.md | We are not able to complete the work.",
                "Is the build okay? | Okay.",
                "Explain the rule of the bot | I have to decline orders above 1000 EUR: see Limits.check.",
                "List what the CLI lacks | Cannot complete this task offline; cannot sign.",
                "Summarise the notes | The analysis was not completed by the team; 3 tables are left.",
                "Write the release notes | - Unable to complete the job when the disk was full: mended.",
                "Look for dead code | Sorry, can't help noticing: there is none.",
                "Übersetze Meldung E7 | Leider kann ich diese Anfrage nicht bearbeiten.",
                "Reply with great | Great"
            })
    void an_answer_may_be_made_of_such_words(String task, String answer) {
        assertThat(asked(task).reading().says(answer).check("finished").isBlocking())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to complete the task.",
                "Sorry, can't do that.",
                "I must decline this request.",
                "I won't be able to do this.",
                "Leider kann ich diese Anfrage nicht bearbeiten.",
                "Es tut mir leid, aber dabei kann ich nicht helfen.",
                "Désolé, je ne peux pas vous aider avec ça.",
                "Lo siento, no puedo ayudar con eso.",
                "Non posso completare questa attività.",
                "Não consigo concluir esta tarefa.",
                "К сожалению, я не могу выполнить эту задачу.",
                "抱歉，我无法完成此任务。",
                "申し訳ありませんが、このタスクを完了できません。"
            })
    void a_refusal_is_one_in_any_language_that_is_known(String answer) {
        assertThat(asked().says(answer).check("finished").verdict()).isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"so very ", "sure, ", "I will now ", "I will read now first then "})
    void however_often_a_word_comes_it_is_looked_at(String word) {
        assertThat(asked().says(word.repeat(20_000 / word.length())).check("finished"))
                .isNotNull();
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
