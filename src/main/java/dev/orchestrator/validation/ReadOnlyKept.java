package dev.orchestrator.validation;

import java.util.List;

/** A task that was only to read has changed nothing. */
final class ReadOnlyKept implements Validator {
    @Override
    public String name() {
        return "read_only";
    }

    @Override
    public Finding check(Evidence evidence) {
        if (!evidence.readOnly()) {
            return Finding.skipped("the task may change files");
        }
        if (!evidence.claimed().isEmpty()) {
            return Finding.error("a task that may only read says that it wrote " + Evidence.some(evidence.claimed()));
        }
        List<String> changed = evidence.changed();
        if (changed.isEmpty()) {
            return evidence.passIfAllWasSeen("nothing changed");
        }
        // Without a writing tool and without a shell it cannot have been the agent; a person may work there too.
        return evidence.hadShell()
                ? Finding.error("a task that may only read changed " + Evidence.some(changed))
                : Finding.warning("changed during the run, but not by the agent: " + Evidence.some(changed));
    }
}
