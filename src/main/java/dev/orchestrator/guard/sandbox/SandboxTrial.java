package dev.orchestrator.guard.sandbox;

import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.ProcessSpec;
import dev.orchestrator.process.RunningProcess;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries a sandbox with a program that reaches out of it: writes elsewhere, reads what is hidden, and leaves a process behind that
 * belongs to nobody.
 */
public final class SandboxTrial {
    private static final int CODE = 7;
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final Path program;
    private final ProcessRunner processes;
    private final TimeSource time;

    /** @param program as {@link SandboxProbe} found it */
    public SandboxTrial(Path program, ProcessRunner processes, TimeSource time) {
        this.program = program;
        this.processes = processes;
        this.time = time;
    }

    /**
     * @param directory empty; stays as the trial left it
     * @param mark a number that no other process has on its command line
     * @return what is wrong; empty when all is as it must be
     */
    public Optional<String> in(Path directory, int mark) throws IOException, InterruptedException {
        Path root = directory.toRealPath();
        Path work = Files.createDirectory(root.resolve("work"));
        Path outside = root.resolve("outside");
        PrivateFile.write(outside, "as it was".getBytes(StandardCharsets.UTF_8));
        PrivateFile.write(
                Files.createDirectory(root.resolve("state")).resolve("secret"),
                "secret".getBytes(StandardCharsets.UTF_8));
        String child = "3600." + mark;
        String script = "echo x > inside; echo x > ../outside; cat ../state/secret > seen;" + " (env -i setsid sleep "
                + child + " < /dev/null > /dev/null 2>&1 &); exit " + CODE;
        Enclosure enclosure = new Enclosure(
                work,
                List.of(root),
                List.of(work),
                List.of(),
                List.of(),
                List.of(),
                List.of(root.resolve("state")),
                Map.of());
        Launch launch = processes.start(new ProcessSpec(
                Bubblewrap.command(program, enclosure, List.of("/bin/sh", "-c", script)),
                work,
                Map.of("PATH", "/usr/bin:/bin", ProcessFamily.MARK, child),
                Files.createFile(root.resolve("in")),
                root.resolve("out"),
                root.resolve("err")));
        if (launch instanceof Launch.NotStarted failed) {
            return Optional.of("it could not be started: " + failed.problem());
        }
        return ended(((Launch.Started) launch).process(), child)
                .or(() -> problem(work, outside))
                .map(problem -> problem + said(root.resolve("err")));
    }

    private Optional<String> ended(RunningProcess process, String child) throws InterruptedException {
        ProcessFamily family = processes.family(process, child, time);
        boolean ended = process.waitFor(AT_MOST);
        family.stop(Duration.ZERO);
        if (!ended) {
            return Optional.of("a program in it did not end within " + AT_MOST.toSeconds() + " s");
        }
        if (processes.findByArgument(child).isPresent()) {
            return Optional.of("a process that a program left in it went on");
        }
        int code = process.exitCode().orElse(-1);
        return code == CODE ? Optional.empty() : Optional.of("a program in it ended with exit code " + code);
    }

    private static Optional<String> problem(Path work, Path outside) {
        try {
            if (!Files.readString(outside).equals("as it was")) {
                return Optional.of("a file outside of the directory was written");
            }
            if (!Files.exists(work.resolve("inside"))) {
                return Optional.of("a file in the directory could not be written");
            }
            return Files.size(work.resolve("seen")) == 0
                    ? Optional.empty()
                    : Optional.of("what was to be hidden could be read");
        } catch (IOException e) {
            return Optional.of("what a program in it wrote cannot be read: " + e);
        }
    }

    private static String said(Path errors) {
        try {
            return Files.readString(errors, StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .map(line -> " (" + line + ")")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
