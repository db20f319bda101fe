package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.validation.Finding;
import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class CriteriaCheckTest {
    private static final Judgement MET = new Judgement("tests pass", Judgement.Verdict.MET, "\"all pass\"", "m");
    private static final Judgement NOT_MET =
            new Judgement("it is fast", Judgement.Verdict.NOT_MET, "\"it takes 3 s\"", "m");
    private static final Judgement UNJUDGED = Judgement.unjudged("it is nice", "no model judges here");

    @Test
    void each_criterion_has_its_line_with_who_judged() {
        assertThat(CriteriaCheck.of(List.of(MET, NOT_MET, UNJUDGED)))
                .isEqualTo(new Finding(Verdict.FAIL, Severity.WARNING, """
                        met: tests pass ("all pass", says m)
                        not met: it is fast ("it takes 3 s", says m)
                        unjudged: it is nice (no model judges here)"""));
    }

    @Test
    void it_passes_only_when_all_are_met_and_never_fails_a_turn() {
        assertThat(CriteriaCheck.of(List.of(MET)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(CriteriaCheck.of(List.of(MET, UNJUDGED)).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(CriteriaCheck.of(List.of()).verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(CriteriaCheck.of(List.of(NOT_MET)).isBlocking()).isFalse();
    }
}
