package dev.orchestrator.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shall I proceed?",
                "Should I go ahead with these changes?",
                "I have a plan; may I start?",
                "Do you want me to continue?",
                "Would you like me to proceed with the fix?",
                "Is it OK to proceed?",
                "Is that okay with you?",
                "Ready to start?",
                "Do I have your permission to proceed?",
                "  SHALL  I   now continue with the next file? "
            })
    void what_only_asks_for_a_word_to_go_on_gets_it(String question) {
        Answer answer = Confirmation.of(question).orElseThrow();
        assertThat(answer.by()).isEqualTo("rules");
        assertThat(answer.text()).contains("within the rules of this run", "What is refused stays refused.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which of the two files do you mean?",
                "Shall I proceed with A or with B?",
                "Shall I go ahead and delete the old table?",
                "Should I continue and push the branch?",
                "May I start the deploy to production?",
                "What should I do?",
                "In euros?",
                "Is it OK to drop the column?",
                "Should I rewrite the parser?",
                "Shall I proceed? I could also stop here.",
                "Do you want me to reset the branch?"
            })
    void a_choice_or_what_cannot_be_undone_is_for_a_person(String question) {
        assertThat(Confirmation.of(question)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 100_000})
    void a_long_question_is_more_than_that(int length) {
        assertThat(Confirmation.of("Shall I proceed " + "a ".repeat(length) + "?"))
                .isEmpty();
    }
}
