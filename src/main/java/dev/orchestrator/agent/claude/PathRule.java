package dev.orchestrator.agent.claude;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Permission rules for paths, in the program's notation: {@code //} and the absolute path with forward slashes, in the
 * pattern language of {@code .gitignore}. A drive becomes a lower case directory: {@code C:\repo} is {@code //c/repo}. Pure.
 */
final class PathRule {
    private PathRule() {}

    /** For everything below {@code directory}, which must be absolute. */
    static String under(String tool, Path directory) {
        return tool + "(" + absolute(directory) + "/**)";
    }

    /** For {@code file} alone, which must be absolute. */
    static String exactly(String tool, Path file) {
        return tool + "(" + absolute(file) + ")";
    }

    private static String absolute(Path path) {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(path + " is not absolute");
        }
        String text = path.toString().replace('\\', '/');
        if (text.matches("[A-Za-z]:.*")) {
            text = "/" + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(2);
        }
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return "/" + escaped(text);
    }

    private static String escaped(String path) {
        return path.replaceAll("([\\[\\]*?{}!\\\\])", "\\\\$1");
    }
}
