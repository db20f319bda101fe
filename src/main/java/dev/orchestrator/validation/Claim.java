package dev.orchestrator.validation;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file that the agent says it wrote.
 *
 * @param path relative to the working directory, with forward slashes; as the agent named it when it does not lie there
 * @param inside it lies in the working directory, links followed
 * @param there it exists now
 */
record Claim(String path, boolean inside, boolean there) {

    static Claim of(String said, Path directory) {
        try {
            return of(said, directory.resolve(said).normalize(), directory);
        } catch (InvalidPathException e) {
            return new Claim(said, false, false);
        }
    }

    private static Claim of(String said, Path named, Path directory) {
        try {
            return located(said, named.toRealPath(), directory, true);
        } catch (IOException e) {
            return located(said, named, directory, false);
        }
    }

    private static Claim located(String said, Path file, Path directory, boolean there) {
        if (!file.startsWith(directory)) {
            return new Claim(said, false, there);
        }
        String separator = directory.getFileSystem().getSeparator();
        return new Claim(directory.relativize(file).toString().replace(separator, "/"), true, there);
    }
}
