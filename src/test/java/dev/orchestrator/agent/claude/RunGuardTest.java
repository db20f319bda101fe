package dev.orchestrator.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.project.ProjectTrust;
import dev.orchestrator.guard.project.TrustedDirectories;
import dev.orchestrator.task.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RunGuardTest {
    private static final OwnFiles BEFORE = new OwnFiles(List.of(Path.of("/before")), List.of(), false);
    private static final OwnFiles AFTER = new OwnFiles(List.of(Path.of("/after")), List.of(), false);

    @Test
    void a_run_may_not_touch_what_is_the_orchestrator_s_when_it_begins() {
        AtomicReference<OwnFiles> own = new AtomicReference<>(BEFORE);
        RunGuard guard = new RunGuard(
                null,
                own::get,
                Path.of("/no/copies"),
                () -> new RunGuard.Rules(new SecretFiles(List.of()), OnViolation.RECORD),
                Confinement.none(),
                new ProjectTrust(new TrustedDirectories(Path.of("/no/trusted.json")), Path.of("/no/copies")));
        AgentRequest request = Requests.in(Path.of("/p"), Access.WRITE, List.of(Path.of("/p")), List.of());
        assertThat(guard.own(request)).isEqualTo(BEFORE);

        own.set(AFTER);

        assertThat(guard.own(request)).isEqualTo(AFTER);
    }
}
