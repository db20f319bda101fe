package dev.orchestrator.guard.sandbox;

import dev.orchestrator.process.Command;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a sandbox can be had on this machine, found out by entering one. Thread-safe. */
public final class SandboxProbe {
    private static final String PROGRAM = "bwrap";
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final Path ROOT = Path.of("/");
    private static final Path UBUNTU = Path.of("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");

    private final Programs programs;
    private final Command commands;

    public SandboxProbe(Programs programs, ProcessRunner processes) {
        this.programs = programs;
        this.commands = new Command(processes);
    }

    /** What came of it. */
    public sealed interface Answer {
        record Usable(Path program) implements Answer {}

        /** @param problem with what to do about it */
        record Unusable(String problem) implements Answer {}
    }

    public Answer ask() throws InterruptedException {
        if (!Files.isDirectory(Path.of("/proc/self/ns"))) {
            return new Answer.Unusable("this system has none that this program knows; Linux has bubblewrap");
        }
        Optional<Path> program = programs.find(PROGRAM);
        if (program.isEmpty()) {
            return new Answer.Unusable(
                    "there is no program `bwrap`; install it, with `apt-get install bubblewrap` or the" + " like");
        }
        try {
            return tried(program.get());
        } catch (IOException e) {
            return new Answer.Unusable("it could not be tried: " + e);
        }
    }

    private Answer tried(Path program) throws IOException, InterruptedException {
        Enclosure nothing =
                new Enclosure(ROOT, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());
        List<String> command = Bubblewrap.command(program, nothing, List.of("/bin/sh", "-c", ":"));
        Command.Result result = commands.run(command, ROOT, Map.of("PATH", "/usr/bin:/bin"), AT_MOST);
        if (!(result instanceof Command.Result.Ended ended)) {
            String why = result instanceof Command.Result.NotStarted failed ? failed.problem() : "it did not end";
            return new Answer.Unusable(program + " does not work here: " + why);
        }
        return ended.exitCode() == 0
                ? new Answer.Usable(program)
                : new Answer.Unusable(program + " does not work here: " + said(ended) + remedy());
    }

    private static String said(Command.Result.Ended ended) {
        return ended.stderr().strip().lines().findFirst().orElse("exit code " + ended.exitCode());
    }

    private static String remedy() throws IOException {
        if (Files.exists(UBUNTU) && Files.readString(UBUNTU).strip().equals("1")) {
            return "; AppArmor keeps it from making a namespace: give bwrap a profile with `userns,` (Ubuntu has one in"
                    + " the package apparmor-profiles, bwrap-userns-restrict), or set the sysctl"
                    + " kernel.apparmor_restrict_unprivileged_userns to 0";
        }
        return "; it needs user namespaces (sysctl kernel.unprivileged_userns_clone and user.max_user_namespaces), and"
                + " in a container leave to make them and to mount /proc";
    }
}
