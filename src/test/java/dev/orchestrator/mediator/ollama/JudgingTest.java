package dev.orchestrator.mediator.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.mediator.Judgement.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgingTest {
    private final ObjectNode answer = Wire.MAPPER.createObjectNode();
    private final ArrayNode judgements = answer.putArray("judgements");

    private void says(int criterion, String verdict, String quote) {
        judgements
                .addObject()
                .put("criterion", criterion)
                .put("verdict", verdict)
                .put("quote", quote);
    }

    private Judgement judged(String report) {
        Judging judging = new Judging(List.of("it is tested"), report, List.of("a.py"), "m", 4_096);
        Ladder.Read<List<Judgement>> read = judging.wanted().reader().apply(answer);
        assertThat(read).isInstanceOf(Ladder.Read.Usable.class);
        return ((Ladder.Read.Usable<List<Judgement>>) read).value().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"********", "________", "` ` ` ` `", "* a *  * * *", "**__``**", "* * * * * is *"})
    void what_is_hardly_more_than_markup_is_no_words(String quote) {
        says(1, "met", quote);
        assertThat(judged("There is a test.").verdict()).isEqualTo(Verdict.UNCLEAR);
    }

    @Test
    void markup_and_case_and_space_may_differ() {
        says(1, "met", "all 12 *tests*  pass");
        assertThat(judged("**All 12 tests** pass.").verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void who_says_two_things_about_one_criterion_says_nothing() {
        says(1, "met", "There is a test");
        says(1, "not_met", "it was not run");
        assertThat(judged("There is a test, but it was not run."))
                .extracting(Judgement::verdict, Judgement::why)
                .containsExactly(Verdict.UNCLEAR, "two things were said about it");
    }
}
