package dev.orchestrator.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.run.RunEnd;
import dev.orchestrator.task.Failure;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandOutcomeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | exited          | 0    |      | done                            | none",
                "text | exited          | 0    |      |                                 | no_result",
                "text | exited          | 1    |      | done                            | crash",
                "text | exited          | 137  |      | done                            | killed",
                "text | exited          | 127  |      |                                 | config",
                "text | exited          | 126  |      |                                 | config",
                "text | exited          |      |      | done                            | killed",
                "text | exited          | 0    | true | done                            | killed",
                "text | silent          | 0    |      | done                            | timeout_idle",
                "text | out_of_time     | 0    |      | done                            | timeout_total",
                "text | too_much_output | 0    |      | done                            | crash",
                "json | exited          | 0    |      | {'result':'done'}               | none",
                "json | exited          | 0    | true | {'result':'done'}               | none",
                "json | shutdown        | 0    | true | {'result':'done'}               | none",
                "json | exited          | 1    |      | {'result':'done'}               | crash",
                "json | exited          | 0    |      | {'is_error':true}               | crash",
                "json | exited          | 1    |      | {'error':'no key'}              | crash",
                "json | exited          | 137  |      | {'error':'no key'}              | killed",
                "json | exited          | 0    |      | done                            | no_result",
                "json | out_of_time     | 0    | true | {'result':'done'}               | timeout_total",
            })
    void a_run_is_judged_by_its_exit_code_and_what_it_printed(
            String form,
            String cause,
            @Nullable Integer code,
            @Nullable Boolean asked,
            @Nullable String printed,
            String category) {
        Answer answer = Answer.of(
                AnswerForm.valueOf(form.toUpperCase(Locale.ROOT)), printed == null ? "" : printed.replace('\'', '"'));
        Optional<ExitNote> note = Optional.ofNullable(code).map(exit -> new ExitNote(exit, asked != null));

        Optional<Failure> failure = CommandOutcome.failure(
                RunEnd.Cause.valueOf(cause.toUpperCase(Locale.ROOT)),
                new Remains(note, AnswerForm.valueOf(form.toUpperCase(Locale.ROOT)), answer, "it says why"));

        assertThat(failure.map(each -> each.category().toString()).orElse("none"))
                .isEqualTo(category);
    }
}
