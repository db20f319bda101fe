package dev.orchestrator.artifact;

import dev.orchestrator.secret.Cut;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has to know that was not there when earlier work was done: of the tasks that this one follows, and of its own
 * earlier turns, what was asked, what was done, changed and decided, and what failed. Short, and the same for the same
 * artifacts. When it does not fit, the oldest are left out first, and it says so. Thread-safe.
 */
public final class ContextLoader {
    private static final int LONGEST_TEXT = 600;
    private static final int MOST_FILES = 20;
    /** Of English, four are usual. */
    public static final int CHARS_A_TOKEN = 3;

    private final ArtifactStore artifacts;
    private final IntSupplier mostTokens;

    /** @param mostTokens that a context may have, as far as that can be estimated */
    public ContextLoader(ArtifactStore artifacts, IntSupplier mostTokens) {
        this.artifacts = artifacts;
        this.mostTokens = mostTokens;
    }

    /**
     * @param turn that is to be done; what came before it counts
     * @param others tasks that it follows, in order; those that left no artifact are passed over
     * @return empty when there is nothing
     */
    public String of(TaskId id, int turn, Collection<TaskId> others) throws IOException {
        List<String> entries = new ArrayList<>();
        Set<TaskId> following = new LinkedHashSet<>(others);
        following.remove(id);
        for (TaskId other : following) {
            of(other).ifPresent(entries::add);
        }
        Optional<Artifact> latest = turn > 1 ? artifacts.find(id) : Optional.empty();
        if (latest.isPresent()) {
            artifacts.turns(latest.get()).stream()
                    .filter(artifact -> artifact.turn() < turn)
                    .map(artifact -> entry("Turn " + artifact.turn() + " of this task", artifact))
                    .forEach(entries::add);
        }
        return fitting(entries);
    }

    /** A record that is damaged is said to be so, and keeps no task from being done. */
    private Optional<String> of(TaskId other) throws IOException {
        String name = "Task `" + other + "`";
        try {
            return artifacts.find(other).map(artifact -> entry(name, artifact));
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            return Optional.of("### " + name + ": what it did cannot be read\n");
        }
    }

    private String fitting(List<String> entries) {
        int room = mostTokens.getAsInt() * CHARS_A_TOKEN;
        int from = entries.size();
        while (from > 0 && room >= entries.get(from - 1).length()) {
            from--;
            room -= entries.get(from).length();
        }
        String kept = String.join("\n", entries.subList(from, entries.size()));
        return from == 0 ? kept : from + " earlier ones are left out here, for they do not fit.\n\n" + kept;
    }

    private static String entry(String name, Artifact artifact) {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(name).append(": ").append(artifact.status()).append("\n\n");
        line(text, "Title", artifact.title());
        said(artifact, "user").ifPresent(asked -> line(text, "Asked", asked));
        line(text, "Reported", reported(artifact));
        line(text, artifact.isOnlyInCopy() ? "Changed only in a copy, which is gone" : "Changed", changed(artifact));
        line(text, "Failed", failed(artifact.error()));
        line(text, "Decided", decided(artifact.approval()));
        return text.toString();
    }

    /** The last that was said in the artifact's own turn: the answers of the way are in the report. */
    private static Optional<String> said(Artifact artifact, String role) {
        return artifact.conversation().stream()
                .filter(message ->
                        message.turn() == artifact.turn() && message.role().equals(role))
                .map(Artifact.Message::content)
                .findFirst();
    }

    private static String reported(Artifact artifact) {
        return artifact.result().length() <= LONGEST_TEXT || artifact.summary().isBlank()
                ? artifact.result()
                : artifact.summary();
    }

    private static String changed(Artifact artifact) {
        String files = artifact.filesModified().stream()
                .limit(MOST_FILES)
                .map(file -> file.path() + " (" + file.change() + ")")
                .collect(Collectors.joining(", "));
        int more = artifact.filesModifiedCount()
                - Math.min(MOST_FILES, artifact.filesModified().size());
        return more > 0 ? files + ", and " + more + " more" : files;
    }

    private static String failed(@Nullable Failure error) {
        return error == null ? "" : error.message() + " (" + error.category() + ")";
    }

    private static String decided(Artifact.@Nullable Approval approval) {
        if (approval == null || approval.decision() == null) {
            return "";
        }
        String why = approval.reason() == null ? "" : ": " + approval.reason();
        String granted = approval.granted().isEmpty() ? "" : ", only " + String.join(", ", approval.granted());
        return "the change was " + approval.decision() + granted + why;
    }

    private static void line(StringBuilder text, String name, String content) {
        String flat = Objects.requireNonNull(content).strip().replaceAll("\\s+", " ");
        if (!flat.isEmpty()) {
            String cut = flat.length() <= LONGEST_TEXT ? flat : Cut.beginning(flat, LONGEST_TEXT) + "...";
            text.append("- ").append(name).append(": ").append(cut).append('\n');
        }
    }
}
