package dev.orchestrator.validation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All findings about a turn, in the order of the checks.
 *
 * @param findings by the name of the check
 */
public record ValidationReport(Map<String, Finding> findings) {
    private static final List<Validator> CHECKS = List.of(
            new ResultPresent(),
            new Legible(),
            new OnSubject(),
            new Finished(),
            new ClaimsHold(),
            new ReadOnlyKept(),
            new ChangeMade(),
            new ExpectedFiles(),
            new OutputKept());

    public ValidationReport {
        findings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    }

    /** Looks at {@code evidence} with every check there is. */
    public static ValidationReport of(Evidence evidence) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        CHECKS.forEach(check -> findings.put(check.name(), check.check(evidence)));
        return new ValidationReport(findings);
    }

    /** The same with one finding more, by whoever else looked. */
    public ValidationReport with(String name, Finding finding) {
        Map<String, Finding> more = new LinkedHashMap<>(findings);
        more.put(name, finding);
        return new ValidationReport(more);
    }

    /**
     * The same for a turn of which, in the end, nothing came that can be applied; empty when it need not have changed anything.
     *
     * @param why nothing did
     */
    public Optional<ValidationReport> withoutChange(String why) {
        String name = new ChangeMade().name();
        Finding made = findings.get(name);
        return made != null && made.verdict() == Finding.Verdict.PASS
                ? Optional.of(with(name, Finding.error(why)))
                : Optional.empty();
    }

    public boolean isValid() {
        return findings.values().stream().noneMatch(Finding::isBlocking);
    }

    /** Names of the checks that fail the turn. */
    public List<String> problems() {
        return names(true);
    }

    /** Names of the checks that failed, or could not be decided, without failing the turn. */
    public List<String> warnings() {
        return names(false);
    }

    private List<String> names(boolean blocking) {
        return findings.entrySet().stream()
                .filter(entry -> entry.getValue().isDoubt())
                .filter(entry -> entry.getValue().isBlocking() == blocking)
                .map(Map.Entry::getKey)
                .toList();
    }
}
