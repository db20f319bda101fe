package dev.orchestrator.config;

import dev.orchestrator.files.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file that a person may have written with any editor. */
final class SettingsFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Nobody writes so much by hand, and reading a pipe would never end. */
    private static final int MOST_BYTES = 1 << 20;

    private SettingsFile() {}

    /** Its text without a byte order mark; empty when there is no such file or, with a problem, when it is unreadable. */
    static String read(Path file, Findings findings) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.exists(file) && (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES)) {
                findings.problem(Problem.ofFile(
                        name,
                        "is not a file of at most " + MOST_BYTES + " bytes",
                        "Put the settings, and nothing else, into a plain file."));
                return "";
            }
            String text = decode(Files.readAllBytes(file));
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                // Limits and the sandbox may stand in what is not mounted now.
                findings.problem(Problem.ofFile(
                        name,
                        "is a link to what is not there",
                        "Put the file back that it leads to, or remove the link."));
            }
            return "";
        } catch (CharacterCodingException e) {
            findings.problem(Problem.ofFile(name, "is not UTF-8 text", "Save it as UTF-8."));
        } catch (IOException e) {
            findings.problem(Problem.ofFile(
                    name,
                    "cannot be read: " + Refused.words(e),
                    "Make it a file that the orchestrator may read, or remove it."));
        }
        return "";
    }

    /** A decoder of its own reports what is malformed, where {@code new String} would replace it. */
    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
