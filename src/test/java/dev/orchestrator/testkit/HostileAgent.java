package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * An agent that hangs, floods, forks, lies and dies. Its modes are in {@code src/test/resources/hostile/agent.sh}; the name of
 * the directory that it is started in chooses one. Linux only.
 */
public final class HostileAgent {
    private HostileAgent() {}

    /** Puts the program into {@code directory}. */
    public static Path in(Path directory) throws IOException {
        Path program = directory.resolve("hostile-agent.sh");
        try (InputStream script = HostileAgent.class.getResourceAsStream("/hostile/agent.sh")) {
            assertThat(script).isNotNull();
            Files.write(program, script.readAllBytes());
        }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    /**
     * Those that are at work in {@code directory} or below, however they were started and whatever their environment is: none
     * of the modes leaves its directory.
     */
    public static List<Long> processesIn(Path directory) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> worksIn(pid, directory))
                .toList();
    }

    /** Ends what a mode managed to leave. */
    public static void killAllIn(Path directory) {
        for (long pid : processesIn(directory)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean worksIn(long pid, Path directory) {
        try {
            Path process = Path.of("/proc", Long.toString(pid));
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            boolean zombie = stat.startsWith("Z", stat.lastIndexOf(')') + 2);
            return !zombie && Files.readSymbolicLink(process.resolve("cwd")).startsWith(directory);
        } catch (IOException | UncheckedIOException e) {
            // It has just ended, or is somebody else's.
            return false;
        }
    }
}
