package dev.orchestrator.validation;

import java.util.List;

/** A task whose kind is to change something has changed something itself. */
final class ChangeMade implements Validator {
    @Override
    public String name() {
        return "change_made";
    }

    @Override
    public Finding check(Evidence evidence) {
        if (!evidence.expectsChange()) {
            return Finding.skipped("a task of this type need not change anything");
        }
        List<String> claimed = evidence.claims().stream().map(Claim::path).toList();
        long byAgent = evidence.changed().stream()
                .filter(path -> evidence.hadShell() || claimed.contains(path))
                .count();
        if (byAgent > 0) {
            return Finding.pass(byAgent + " changed");
        }
        return mayHaveChangedUnseen(evidence, claimed)
                ? Finding.unknown("whether anything changed is " + evidence.unread())
                : Finding.error("a task of this type changes files, and " + nothing(evidence));
    }

    private static boolean mayHaveChangedUnseen(Evidence evidence, List<String> claimed) {
        return evidence.hadShell()
                ? !evidence.unread().isEmpty()
                : claimed.stream().anyMatch(evidence.unread()::covers);
    }

    private static String nothing(Evidence evidence) {
        return evidence.changed().isEmpty()
                ? "none changed"
                : "none of those that changed was changed by the agent: " + Evidence.some(evidence.changed());
    }
}
