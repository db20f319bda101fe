package dev.orchestrator.validation;

import java.nio.file.Files;
import java.util.List;

/** What the agent says it wrote is there, and what changed it has said. */
final class ClaimsHold implements Validator {
    @Override
    public String name() {
        return "evidence";
    }

    @Override
    public Finding check(Evidence evidence) {
        if (!evidence.observed()) {
            return Finding.skipped("how the directory stood before is not known");
        }
        List<String> claimed =
                evidence.claimed().stream().map(evidence::relative).distinct().toList();
        List<String> missing = claimed.stream()
                .filter(path -> !evidence.changed().contains(path))
                .toList();
        if (!missing.isEmpty()) {
            return unsupported(evidence, missing);
        }
        List<String> unclaimed = evidence.changed().stream()
                .filter(path -> !claimed.contains(path))
                .toList();
        if (!unclaimed.isEmpty() && !evidence.hadShell()) {
            return Finding.warning("changed during the run, but not by the agent's tools: " + Evidence.some(unclaimed));
        }
        return Finding.pass(claimed.size() + " claimed, " + evidence.changed().size() + " changed");
    }

    /** A claimed file may be ignored by git, or have been written as it was before; one that is gone was never there. */
    private static Finding unsupported(Evidence evidence, List<String> missing) {
        List<String> gone = missing.stream()
                .filter(path -> !Files.exists(evidence.directory().resolve(path)))
                .toList();
        return gone.isEmpty() || evidence.hadShell()
                ? Finding.warning("said to be written, but not seen to change: " + Evidence.some(missing))
                : Finding.error("said to be written, but not there: " + Evidence.some(gone));
    }
}
