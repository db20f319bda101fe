package dev.orchestrator.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Violation;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.ProtectedNames;
import dev.orchestrator.guard.Sentinels;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.guard.manifest.Repository;
import dev.orchestrator.guard.project.ProjectFiles;
import dev.orchestrator.guard.sandbox.Sensitive;
import dev.orchestrator.json.Json;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.AttemptEvent.SecurityViolation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.TaskSpec;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks whether a turn changed what no task has any business with. How that was before is in {@code
 * turn-N.attempt-1.sentinels.json}, for a restart. Somebody else may have changed it meanwhile; that is for a person to find out.
 */
final class SentinelWatch {
    /** As events and artifacts have it, in the place of a tool. */
    static final String TOOL = "sentinel";

    private static final int MOST = 50;
    private static final String LOST =
            "it says how what is watched was before, and is missing or damaged: nobody can tell"
                    + " whether any of that was changed while the task was at work";

    private final Supplier<RunLimits> limits;
    private final EventSink journal;

    SentinelWatch(Supplier<RunLimits> limits, EventSink journal) {
        this.limits = limits;
        this.journal = journal;
    }

    /** Before the first attempt of a turn. Whether what its repository brings along may run commands shows later. */
    void remember(AgentRequest request, TaskSpec spec) throws IOException {
        RunFiles files = request.files();
        boolean commands =
                request.grantsCommands() || spec.agent() != null || ProjectFiles.mayBeAround(request.taskDirectory());
        List<Path> watched = files.attempt() == 1 ? watched(request, commands) : List.of();
        if (!watched.isEmpty()) {
            PrivateFile.createDirectories(files.directory());
            AtomicFile.write(files.sentinels(), Json.document(Sentinels.picture(watched)));
        }
    }

    /**
     * What was changed since; told as well.
     *
     * @param trusted whether what the repository brings along may have run commands
     */
    List<Violation> look(Attempt last, boolean trusted) throws IOException {
        boolean isCommand = last.turn().view().task().spec().agent() != null;
        List<Path> watched =
                watched(last.request(), trusted || isCommand || last.request().grantsCommands());
        if (watched.isEmpty()) {
            return List.of();
        }
        Path record = last.request().files().ofAttempt(1).sentinels();
        List<Violation> found = read(record)
                .map(before -> changed(before, Sentinels.picture(watched)))
                .orElseGet(() -> List.of(new Violation(TOOL, record.toString(), record.toString(), LOST)));
        found.forEach(each -> tell(last, each));
        return found;
    }

    private static List<Violation> changed(Map<String, String> before, Map<String, String> now) {
        return Sentinels.changed(before, now).stream()
                .map(path -> new Violation(TOOL, path, path, "it was changed while the task was at work"))
                .toList();
    }

    /** What the user names; and when there are commands what makes `git` run other programs, which no list of changes has. */
    private List<Path> watched(AgentRequest request, boolean commands) {
        List<Path> watched = new ArrayList<>(limits.get().watched().sentinels());
        if (commands) {
            repositories(request.directory()).forEach(git -> watched.addAll(Sensitive.ofGit(git)));
        }
        return watched;
    }

    /** Of a work tree or a submodule it lies elsewhere, and what it shares with others in a second place. */
    private static Set<Path> repositories(Path directory) {
        Set<Path> repositories = new LinkedHashSet<>();
        repositories.add(directory.resolve(".git"));
        Repository.at(directory).ifPresent(found -> {
            repositories.add(found.gitDirectory());
            repositories.add(found.commonDirectory());
        });
        return repositories;
    }

    /** Of what was changed in the directory that which tells other programs what to do; told as well. */
    List<Violation> among(List<FileChange> changes, Attempt last) {
        List<Violation> found = changes.stream()
                .map(FileChange::path)
                .filter(path -> ProtectedNames.in(Path.of(path)).isPresent())
                .limit(MOST)
                .map(path -> new Violation(
                        TOOL,
                        path,
                        last.request().directory().resolve(path).toString(),
                        "it tells other programs what to do, and was changed while the task was at work"))
                .toList();
        found.forEach(each -> tell(last, each));
        return found;
    }

    private void tell(Attempt last, Violation each) {
        journal.emit(new SecurityViolation(
                last.turn().id(),
                last.turn().number(),
                last.number(),
                each.tool(),
                each.target(),
                each.realPath(),
                each.reason()));
    }

    /** Empty when it is missing or damaged. Each turn has one that began an attempt. */
    private static Optional<Map<String, String>> read(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Json.full().readValue(Files.readAllBytes(file), new TypeReference<Map<String, String>>() {}));
        } catch (NoSuchFileException | JsonProcessingException | CharConversionException e) {
            return Optional.empty();
        }
    }
}
