package dev.orchestrator.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code logs/daemon.json}: who runs this home. Written by the daemon, for everybody else, who must not touch its lock. A
 * daemon that died leaves it behind, so a reader also looks whether that very process is alive.
 *
 * @param stoppingSince when it was asked to stop; null while nobody did
 * @param processStartedAt as the operating system has it; null where it does not tell
 */
public record DaemonInfo(
        String schemaVersion,
        long pid,
        @Nullable Instant processStartedAt,
        Instant startedAt,
        String version,
        @Nullable Instant stoppingSince) {

    private static final String SCHEMA_VERSION = "1.0";

    public static DaemonInfo ofThisProcess(Instant now, String version) {
        ProcessRunner.Self self = ProcessRunner.self();
        return new DaemonInfo(SCHEMA_VERSION, self.pid(), self.startedAt().orElse(null), now, version, null);
    }

    /** The same, which is about to stop. */
    public DaemonInfo stopping(Instant since) {
        return new DaemonInfo(schemaVersion, pid, processStartedAt, startedAt, version, since);
    }

    public void write(Path file) throws IOException {
        AtomicFile.write(file, Json.document(this));
    }

    /** The daemon that is alive now; empty when there is none. */
    public static Optional<DaemonInfo> running(Path file) {
        return read(file).filter(DaemonInfo::isAlive);
    }

    public boolean isThisProcess() {
        return pid == ProcessRunner.self().pid();
    }

    private static Optional<DaemonInfo> read(Path file) {
        try {
            return Optional.of(Records.read(Files.readAllBytes(file), DaemonInfo.class));
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }

    private boolean isAlive() {
        return processStartedAt != null
                && new ProcessRunner().find(pid, processStartedAt).isPresent();
    }
}
