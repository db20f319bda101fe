package dev.orchestrator.testkit;

import dev.orchestrator.agent.claude.Confinement;
import dev.orchestrator.agent.claude.RunGuard;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.project.ProjectTrust;
import dev.orchestrator.guard.project.TrustedDirectories;
import java.nio.file.Path;
import java.util.List;

/** Guards for agents of tests. */
public final class Guards {
    public static final OwnFiles NOTHING_OWN = new OwnFiles(List.of(), List.of(), false);

    private Guards() {}

    /** For an agent that is a script and asks nobody. */
    public static RunGuard absent() {
        return new RunGuard(
                null,
                () -> NOTHING_OWN,
                Path.of("/no/copies"),
                () -> new RunGuard.Rules(new SecretFiles(List.of()), OnViolation.RECORD),
                Confinement.none(),
                new ProjectTrust(new TrustedDirectories(Path.of("/no/trusted.json")), Path.of("/no/copies")));
    }
}
