package dev.orchestrator.guard.manifest;

import java.nio.file.Path;

/** The way back from the names that manifests and lists of changes use to files. */
public final class FileNames {
    private FileNames() {}

    /**
     * The file that {@code relative} stands for.
     *
     * @param relative as in {@link FileChange#path}
     */
    public static Path resolve(Path directory, String relative) {
        return NativeName.resolve(directory, relative);
    }

    /** The bytes of {@code relative} as the system has them, with forward slashes. */
    public static byte[] bytes(String relative) {
        return NativeName.bytesOf(relative);
    }

    /** The way back from {@link #ofTarget}, as far as there is one. */
    public static Path target(String text) {
        return NativeName.target(text);
    }

    /** Where a link leads: different text for different targets, whatever the charset of this system. */
    public static String ofTarget(Path target) {
        return NativeName.ofAll(target);
    }

    /** A path below the scanned directory, as a manifest writes it. */
    public static String of(Path relative) {
        StringBuilder all = new StringBuilder();
        for (Path name : relative) {
            all.append(all.length() == 0 ? "" : "/").append(NativeName.of(name));
        }
        return all.toString();
    }
}
