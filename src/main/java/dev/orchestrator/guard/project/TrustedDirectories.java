package dev.orchestrator.guard.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code logs/trusted.json}: what a person trusts. Written by a command, read by the daemon before each run. Thread-safe. */
public final class TrustedDirectories {
    private static final String SCHEMA_VERSION = "1.0";

    private final Path file;

    /** @param file need not exist */
    public TrustedDirectories(Path file) {
        this.file = file;
    }

    /** The file. */
    private record Document(String schemaVersion, List<TrustedDirectory> directories) {}

    /** In the order of their names. */
    public List<TrustedDirectory> all() throws IOException {
        try {
            Document document = Json.full().readValue(Files.readAllBytes(file), Document.class);
            document.directories().forEach(TrustedDirectory::path);
            return List.copyOf(document.directories());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (JsonProcessingException | NullPointerException | InvalidPathException e) {
            throw new IOException(file + " is damaged: remove it, then trust the directories again", e);
        }
    }

    /** The one that {@code directory} is or lies in; of several the innermost. */
    public Optional<TrustedDirectory> around(Path directory) throws IOException {
        return all().stream()
                .filter(trusted -> directory.startsWith(trusted.path()))
                .max(Comparator.comparingInt(trusted -> trusted.path().getNameCount()));
    }

    /** From now on; what was known of the same directory is forgotten. */
    public void add(TrustedDirectory trusted) throws IOException {
        change(trusted.directory(), Optional.of(trusted));
    }

    /** False when it was not trusted. */
    public boolean remove(Path directory) throws IOException {
        return change(directory.toString(), Optional.empty());
    }

    private boolean change(String directory, Optional<TrustedDirectory> instead) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Optional<LockFile> lock = LockFile.tryAcquire(file.resolveSibling(file.getFileName() + ".lock"));
        if (lock.isEmpty()) {
            throw new IOException(file + " is just being changed by another command; try again");
        }
        try (LockFile held = lock.get()) {
            List<TrustedDirectory> all = new ArrayList<>(all());
            boolean known = all.removeIf(trusted -> trusted.directory().equals(directory));
            instead.ifPresent(all::add);
            all.sort(Comparator.comparing(TrustedDirectory::directory));
            if (held.isStillThere()) {
                AtomicFile.write(file, Json.document(new Document(SCHEMA_VERSION, all)));
            }
            return known;
        }
    }
}
