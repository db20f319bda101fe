package dev.orchestrator.guard.staging;

import org.jspecify.annotations.Nullable;

/**
 * One file that is to become another.
 *
 * @param path relative to the working directory, as manifests write it
 * @param before null when there was none
 * @param after null when there is to be none
 */
public record Change(
        String path, @Nullable Version before, @Nullable Version after) {

    Change reversed() {
        return new Change(path, after, before);
    }
}
