package dev.orchestrator.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether {@code Tasks} and {@code tasks} are one file: so on Windows and most Macs, and anywhere by choice of a directory. */
public final class NameCase {
    private NameCase() {}

    /** Found out by looking for {@code file} under its name in other letters. False when that says nothing: no letters, no such file. */
    public static boolean isIgnoredFor(Path file) {
        Path name = file.getFileName();
        if (name == null) {
            return false;
        }
        String lower = name.toString().toLowerCase(Locale.ROOT);
        String other = lower.equals(name.toString()) ? lower.toUpperCase(Locale.ROOT) : lower;
        try {
            return !other.equals(name.toString()) && Files.isSameFile(file, file.resolveSibling(other));
        } catch (IOException e) {
            return false;
        }
    }
}
