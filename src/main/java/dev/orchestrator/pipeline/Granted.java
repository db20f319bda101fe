package dev.orchestrator.pipeline;

import dev.orchestrator.validation.Glob;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which files of a change a person has granted: those that one of some globs takes, or all when there are none. */
public final class Granted implements Predicate<String> {
    private final List<Glob> globs;
    private final boolean all;

    /** @param globs of which each {@link #isGlob}; relative to the working directory */
    public Granted(List<String> globs) {
        this.all = globs.isEmpty();
        this.globs = globs.stream()
                .map(glob -> Glob.of(glob, false))
                .flatMap(Optional::stream)
                .toList();
    }

    public static boolean isGlob(String text) {
        return Glob.of(text, false).isPresent();
    }

    @Override
    public boolean test(String path) {
        return all || globs.stream().anyMatch(glob -> glob.matches(path));
    }
}
