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
import dev.orchestrator.guard.sandbox.Sensitive;
import dev.orchestrator.json.Json;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.AttemptEvent.SecurityViolation;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Looks whether a turn changed what no task has any business with. How that was before is in {@code
 * turn-N.attempt-1.sentinels.json}, for a restart. Somebody else may have changed it meanwhile; that is for a person to find out.
 */
final class SentinelWatch {
    /** As events and artifacts have it, in the place of a tool. */
    static final String TOOL = "sentinel";

    private static final int MOST = 50;

    private final Supplier<RunLimits> limits;
    private final EventSink journal;

    SentinelWatch(Supplier<RunLimits> limits, EventSink journal) {
        this.limits = limits;
        this.journal = journal;
    }

    /** Before the first attempt of a turn. */
    void remember(AgentRequest request, TaskSpec spec) throws IOException {
        RunFiles files = request.files();
        List<Path> watched = watched(request, spec);
        if (!watched.isEmpty() && files.attempt() == 1) {
            PrivateFile.createDirectories(files.directory());
            AtomicFile.write(files.sentinels(), Json.document(Sentinels.picture(watched)));
        }
    }

    /** What was changed since; told as well. */
    List<Violation> look(Attempt last) throws IOException {
        List<Path> watched = watched(last.request(), last.turn().view().task().spec());
        if (watched.isEmpty()) {
            return List.of();
        }
        Map<String, String> before = read(last.request().files().ofAttempt(1).sentinels());
        List<Violation> changed = Sentinels.changed(before, Sentinels.picture(watched)).stream()
                .map(path -> new Violation(TOOL, path, path, "it was changed while the task was at work"))
                .toList();
        changed.forEach(each -> tell(last, each));
        return changed;
    }

    /** What the user names; and for a task with commands what makes `git` run other programs, which no list of changes has. */
    private List<Path> watched(AgentRequest request, TaskSpec spec) {
        List<Path> watched = new ArrayList<>(limits.get().watched().sentinels());
        boolean commands = request.allowedTools().stream().anyMatch(rule -> rule.startsWith("Bash"));
        if (commands || spec.agent() != null) {
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

    private static SortedMap<String, String> read(Path file) throws IOException {
        try {
            return Json.full().readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {});
        } catch (NoSuchFileException | JsonProcessingException e) {
            return new TreeMap<>();
        }
    }
}
