package dev.orchestrator.health;

import dev.orchestrator.files.Trees;
import dev.orchestrator.guard.sandbox.SandboxMode;
import dev.orchestrator.guard.sandbox.SandboxProbe;
import dev.orchestrator.guard.sandbox.SandboxTrial;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether agents run in a sandbox, and whether it holds: tried, not guessed. */
final class SandboxChecks {
    private SandboxChecks() {}

    static Check of(Settings settings, Map<String, String> environment, TimeSource time) {
        return new Check(
                "guard",
                "sandbox",
                settings.ifValid(config -> tried(config.guard().sandbox(), environment, time)));
    }

    private static CheckResult tried(SandboxMode mode, Map<String, String> environment, TimeSource time)
            throws IOException, InterruptedException {
        if (mode == SandboxMode.OFF) {
            return CheckResult.warn(
                    "none, as `guard.sandbox` says: a granted command does what its user may",
                    "Set guard.sandbox: auto, unless the machine itself is the sandbox.");
        }
        Programs programs = new Programs(environment, File.separatorChar == '\\');
        SandboxProbe.Answer answer = new SandboxProbe(programs, new ProcessRunner()).ask();
        if (answer instanceof SandboxProbe.Answer.Unusable unusable) {
            return mode == SandboxMode.REQUIRE
                    ? CheckResult.fail("required, and there is none", unusable.problem())
                    : CheckResult.warn("none: a granted command does what its user may", unusable.problem());
        }
        Path program = ((SandboxProbe.Answer.Usable) answer).program();
        Path directory = Files.createTempDirectory("orchestrator-doctor");
        try {
            int mark = directory.hashCode() & Integer.MAX_VALUE;
            Optional<String> problem = new SandboxTrial(program, new ProcessRunner(), time).in(directory, mark);
            return problem.map(wrong -> CheckResult.fail(
                            wrong, "Update bubblewrap; until then set guard.sandbox: off, and" + " grant no commands."))
                    .orElseGet(() -> CheckResult.ok(
                            "bubblewrap: nothing written outside, the hidden unread, no process" + " left behind"));
        } finally {
            Trees.delete(directory);
        }
    }
}
