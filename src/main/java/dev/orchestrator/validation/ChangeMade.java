package dev.orchestrator.validation;

/** A task whose kind is to change something has changed something. */
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
        if (!evidence.observed()) {
            return Finding.skipped("how the directory stood before is not known");
        }
        return evidence.changed().isEmpty()
                ? Finding.error("a task of this type changes files, and none changed")
                : Finding.pass(evidence.changed().size() + " changed");
    }
}
