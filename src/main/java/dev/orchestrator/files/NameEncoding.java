package dev.orchestrator.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which characters the names of files can have for this process. On Unix a name is bytes, which Java reads and writes in the
 * encoding of the locale it was started in; with {@code LANG=C}, as under cron and in many containers, that is ASCII. Then
 * Java can list a file called {@code größe.md}, but has no name by which to find it again.
 */
public final class NameEncoding {
    /** Latin, Chinese, and one beyond the first 65,536. */
    private static final String SAMPLE = "\u00e4\u4e2d\ud83d\ude00";

    private final Charset charset;

    private NameEncoding(Charset charset) {
        this.charset = charset;
    }

    /** What the JVM took from the locale. It cannot be changed while it runs. */
    public static NameEncoding ofThisJvm() {
        // On Windows names are Unicode, whatever this property says.
        boolean windows = "\\".equals(System.getProperty("file.separator"));
        return windows ? of(StandardCharsets.UTF_8.name()) : of(System.getProperty("sun.jnu.encoding", ""));
    }

    /** @param name of a charset; one that is not known counts as what every charset has */
    static NameEncoding of(String name) {
        try {
            return new NameEncoding(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return new NameEncoding(StandardCharsets.US_ASCII);
        }
    }

    /** Why not every file can be named, for a person; empty when every one can. */
    public Optional<String> limit() {
        return canName(SAMPLE)
                ? Optional.empty()
                : Optional.of("in the locale of this process the names of files are " + charset.name()
                        + ", and others cannot be read or written");
    }

    /** The next action where {@link #limit} says something. */
    public static String remedy() {
        return "Set LC_ALL=C.UTF-8 in the environment where the orchestrator is started, then start it again.";
    }

    /** True when a file can have the name {@code text}. */
    public boolean canName(String text) {
        return charset.canEncode() && charset.newEncoder().canEncode(text);
    }

    /**
     * True when the name of {@code file}, which was found by listing its directory, leads back to it. What is remembered of a
     * file is its name; without that it could not be found again after a crash, nor told from others.
     */
    public static boolean leadsBack(Path file) {
        try {
            Path again = file.resolveSibling(String.valueOf(file.getFileName()));
            // A Mac may write one name in two ways.
            return again.equals(file) || Files.isSameFile(again, file);
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }
}
