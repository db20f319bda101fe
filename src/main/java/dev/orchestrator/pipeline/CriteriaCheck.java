package dev.orchestrator.pipeline;

import dev.orchestrator.mediator.Judgement;
import dev.orchestrator.validation.Finding;
import dev.orchestrator.validation.Finding.Severity;
import dev.orchestrator.validation.Finding.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was said about the criteria of success, as a check. Never more than a warning: a small model says so of a report, and both
 * may be wrong. Commands that have to pass are `acceptance`. Pure.
 */
final class CriteriaCheck {
    static final String NAME = "criteria";

    private CriteriaCheck() {}

    static Finding of(List<Judgement> judgements) {
        return judgements.isEmpty()
                ? new Finding(Verdict.SKIPPED, Severity.WARNING, "the task names none")
                : new Finding(verdict(judgements), Severity.WARNING, lines(judgements));
    }

    private static Verdict verdict(List<Judgement> judgements) {
        if (judgements.stream().anyMatch(judgement -> judgement.verdict() == Judgement.Verdict.NOT_MET)) {
            return Verdict.FAIL;
        }
        boolean allMet = judgements.stream().allMatch(judgement -> judgement.verdict() == Judgement.Verdict.MET);
        return allMet ? Verdict.PASS : Verdict.UNKNOWN;
    }

    private static String lines(List<Judgement> judgements) {
        return judgements.stream().map(CriteriaCheck::line).collect(Collectors.joining("\n"));
    }

    private static String line(Judgement judgement) {
        String by = judgement.by().equals(Judgement.NOBODY) ? "" : ", says " + judgement.by();
        return judgement.verdict() + ": " + judgement.criterion() + " (" + judgement.why() + by + ")";
    }
}
