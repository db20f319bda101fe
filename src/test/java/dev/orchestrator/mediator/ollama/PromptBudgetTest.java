package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PromptBudgetTest {

    @Test
    void what_is_not_ascii_may_be_a_token_each() {
        assertThat(PromptBudget.tokens("abcdef")).isEqualTo(2);
        assertThat(PromptBudget.tokens("abcd")).isEqualTo(2);
        assertThat(PromptBudget.tokens("修复登录")).isEqualTo(4);
        assertThat(PromptBudget.tokens("😀😀")).isEqualTo(2);
        assertThat(PromptBudget.tokens("")).isZero();
    }

    @Test
    void a_text_that_fits_is_left_alone() {
        assertThat(PromptBudget.fit("abcdef", 2)).isEqualTo(new PromptBudget.Fitted("abcdef", 0));
    }

    @Test
    void of_a_long_one_the_beginning_and_the_end_are_kept_and_it_says_how_much_is_missing() {
        PromptBudget.Fitted fitted = PromptBudget.fit("B".repeat(3_000) + "E".repeat(3_000), 120);
        assertThat(fitted.text()).startsWith("B".repeat(198) + "\n[... ").endsWith(" ...]\n" + "E".repeat(102));
        assertThat(fitted.leftOut()).isEqualTo(6_000 - 198 - 102);
        assertThat(fitted.text()).contains("[... 5700 characters left out here ...]");
    }

    @Test
    void without_room_only_the_mark_is_left() {
        assertThat(PromptBudget.fit("x".repeat(100), 0).text()).isEqualTo("\n[... 100 characters left out here ...]\n");
        assertThat(PromptBudget.fit("x".repeat(100), -500).leftOut()).isEqualTo(100);
    }

    @RepeatedTest(20)
    void no_character_is_cut_in_two_and_the_result_fits(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append(random.nextBoolean() ? "a" : "😀");
        }
        PromptBudget.Fitted fitted = PromptBudget.fit(text.toString(), 30 + random.nextInt(300));
        assertThat(fitted.text().replace("😀", "")).doesNotContainPattern("[\\ud800-\\udfff]");
        assertThat(PromptBudget.tokens(fitted.text())).isLessThanOrEqualTo(330);
        assertThat(fitted.leftOut()).isPositive();
    }

    @Test
    void about_half_of_what_fits_is_what_is_left_when_ollama_cuts() {
        assertThat(PromptBudget.looksCut(2_050, 4_096, 3_600)).isTrue();
        assertThat(PromptBudget.looksCut(2_050, 4_096, 2_100)).isFalse();
        assertThat(PromptBudget.looksCut(900, 4_096, 3_600)).isFalse();
        assertThat(PromptBudget.looksCut(0, 4_096, 3_600)).isFalse();
    }

    @Test
    void whatever_is_cut_is_a_beginning_a_mark_and_an_end_and_fits_where_the_mark_does() {
        for (int seed = 1; seed <= 5_000; seed++) {
            Random random = new Random(seed);
            String text = random.ints(random.nextInt(600), 0, 4)
                    .mapToObj(kind -> List.of("ab1 ", "\u00fc\u6f22", "\ud83d\ude00", "\n")
                            .get(kind))
                    .collect(Collectors.joining());
            int tokens = random.nextInt(1_000) - 100;
            PromptBudget.Fitted fitted = PromptBudget.fit(text, tokens);
            if (fitted.leftOut() == 0) {
                assertThat(fitted.text()).as("seed %d", seed).isEqualTo(text);
                continue;
            }
            String mark = "\n[... " + fitted.leftOut() + " characters left out here ...]\n";
            int at = fitted.text().indexOf(mark);
            String head = fitted.text().substring(0, at);
            String tail = fitted.text().substring(at + mark.length());
            assertThat(text).as("seed %d", seed).startsWith(head).endsWith(tail);
            assertThat(text.length()).as("seed %d", seed).isEqualTo(head.length() + fitted.leftOut() + tail.length());
            if (tokens >= PromptBudget.tokens(mark)) {
                assertThat(PromptBudget.tokens(fitted.text()))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(tokens);
            }
        }
    }

    @Test
    void the_mark_is_the_same_in_all_countries() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(PromptBudget.fit("x".repeat(100), 0).text()).contains("[... 100 characters");
        } finally {
            Locale.setDefault(before);
        }
    }
}
