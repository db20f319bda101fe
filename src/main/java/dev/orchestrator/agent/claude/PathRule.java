package dev.orchestrator.agent.claude;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Permission rules for paths, in the program's notation, which is the pattern language of {@code .gitignore}. What lies in
 * the working directory is written relative to it ({@code ./}), which needs no escaping of the directory's own name and is
 * exact about case; anything else is {@code //} and the absolute path, a drive being a lower case directory
 * ({@code C:\repo} is {@code //c/repo}). Pure.
 *
 * <p>Executed with version 2.1.330: {@code [ ] *} need a backslash, a backslash needs three more, {@code ?} cannot be
 * written at all, and of a name that ends in a space the rule grants the trimmed name instead.
 */
final class PathRule {
    private PathRule() {}

    /** For everything in the working directory. */
    static String here(String tool) {
        return tool + "(./**)";
    }

    /** For everything below {@code directory}; both paths absolute. */
    static String under(String tool, Path directory, Path workingDirectory) {
        return directory.equals(workingDirectory)
                ? here(tool)
                : tool + "(" + pattern(directory, workingDirectory) + "/**)";
    }

    /** For {@code file} alone; both paths absolute. */
    static String exactly(String tool, Path file, Path workingDirectory) {
        return tool + "(" + pattern(file, workingDirectory) + ")";
    }

    /**
     * For every file and directory called {@code name} below {@code root}, and what is in it; {@code *} in the name stands
     * for any text.
     */
    static String anywhere(String tool, Path root, String name, Path workingDirectory) {
        String below = root.equals(workingDirectory) ? "." : pattern(root, workingDirectory);
        return tool + "(" + below + "/**/" + name + ")";
    }

    /** Why no rule can be written for {@code path}; empty when one can. */
    static Optional<String> problem(Path path) {
        for (Path name : path) {
            if (name.toString().endsWith(" ")) {
                return Optional.of("a directory name in it ends with a space");
            }
        }
        return path.toString().contains("?") ? Optional.of("it contains a question mark") : Optional.empty();
    }

    private static String pattern(Path path, Path workingDirectory) {
        if (path.startsWith(workingDirectory)) {
            return "./" + escaped(slashed(workingDirectory.relativize(path)));
        }
        String text = slashed(path);
        if (text.matches("[A-Za-z]:.*")) {
            text = "/" + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(2);
        }
        return "/" + escaped(text);
    }

    /** With forward slashes, and without the one at the end that a drive's root has. */
    private static String slashed(Path path) {
        String separator = path.getFileSystem().getSeparator();
        String text = "\\".equals(separator) ? path.toString().replace('\\', '/') : path.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String escaped(String path) {
        return path.replace("\\", "\\\\\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace("*", "\\*");
    }
}
