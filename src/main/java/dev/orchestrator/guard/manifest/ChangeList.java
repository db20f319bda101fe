package dev.orchestrator.guard.manifest;

import java.util.List;

/**
 * What changed in a working directory between two manifests.
 *
 * @param changes sorted by path
 * @param gaps directories (and single files) that could not be looked into before or after, sorted; whatever changed
 *     there is not in {@code changes}. {@code .} is the working directory itself.
 */
public record ChangeList(List<FileChange> changes, List<String> gaps) {
    public ChangeList {
        changes = List.copyOf(changes);
        gaps = List.copyOf(gaps);
    }
}
