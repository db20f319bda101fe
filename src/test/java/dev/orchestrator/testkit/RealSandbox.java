package dev.orchestrator.testkit;

import dev.orchestrator.guard.sandbox.SandboxProbe;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The sandbox of this machine, for tests that cannot do without. */
public final class RealSandbox {
    private RealSandbox() {}

    /**
     * @throws org.opentest4j.TestAbortedException when there is none and this is a developer's machine: the test is skipped
     * @throws AssertionError when there is none and {@code CI=true}
     */
    public static void require() throws InterruptedException {
        Programs programs = new Programs(Map.of("PATH", System.getenv("PATH")), false);
        SandboxProbe.Answer answer = new SandboxProbe(programs, new ProcessRunner()).ask();
        if (answer instanceof SandboxProbe.Answer.Unusable unusable) {
            String message = "The tests of the sandbox did not run: " + unusable.problem();
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            System.err.println("SKIPPED: " + message);
            Assumptions.abort(message);
        }
    }
}
