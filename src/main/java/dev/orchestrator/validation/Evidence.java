package dev.orchestrator.validation;

import java.nio.file.Path;
import java.util.List;

/**
 * What is known about a turn that calls itself done.
 *
 * @param directory where the agent worked; absolute
 * @param readOnly the task was not to change anything
 * @param expectsChange a task of its kind changes something
 * @param hadShell the agent could run commands, whose changes it need not mention
 * @param expectedFiles globs, relative to the directory
 * @param result what the agent said last
 * @param claimed files that the agent says it wrote, as it named them
 * @param observed false when it is not known how the directory stood before
 * @param changed files that are different now, relative to the directory
 * @param present files that are there now, relative to the directory
 */
public record Evidence(
        Path directory,
        boolean readOnly,
        boolean expectsChange,
        boolean hadShell,
        List<String> expectedFiles,
        String result,
        List<String> claimed,
        boolean observed,
        List<String> changed,
        List<String> present) {

    public Evidence {
        expectedFiles = List.copyOf(expectedFiles);
        claimed = List.copyOf(claimed);
        changed = List.copyOf(changed);
    }

    /** {@code path}, as the agent named it, relative to the directory with forward slashes; itself when it lies elsewhere. */
    String relative(String path) {
        try {
            Path absolute = directory.resolve(path).normalize();
            Path shown = absolute.startsWith(directory) ? directory.relativize(absolute) : absolute;
            return shown.toString().replace('\\', '/');
        } catch (java.nio.file.InvalidPathException e) {
            return path;
        }
    }

    /** The first few of {@code paths}, for a message. */
    static String some(List<String> paths) {
        int shown = Math.min(3, paths.size());
        String rest = paths.size() > shown ? " and " + (paths.size() - shown) + " more" : "";
        return String.join(", ", paths.subList(0, shown)) + rest;
    }
}
