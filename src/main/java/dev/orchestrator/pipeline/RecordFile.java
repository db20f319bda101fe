package dev.orchestrator.pipeline;

import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.secret.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file that somebody else has written, written anew without secrets. Whoever dies meanwhile leaves the old one, and doing it
 * again changes nothing.
 */
final class RecordFile {
    /** A key of many lines is known as one when they are looked at together. */
    private static final int TEXT = 1 << 20;
    /** Each line is a document, and is to stay one. */
    private static final int DOCUMENTS = 0;

    private RecordFile() {}

    /** Leaves {@code file} alone when it has no secrets, is no file, or is not there. */
    static void redact(Path file, Redactor redactor) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && copied(file, redactor, OutputStream.nullOutputStream())) {
            AtomicFile.write(file, out -> copied(file, redactor, out));
        }
    }

    /** Answers whether the copy is another one than the file. */
    private static boolean copied(Path file, Redactor redactor, OutputStream out) throws IOException {
        boolean changed = false;
        try (InputStream in = Files.newInputStream(file)) {
            Pieces pieces = new Pieces(in, file.toString().endsWith(".ndjson") ? DOCUMENTS : TEXT);
            for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
                byte[] redacted = redactor.redact(piece);
                changed |= !Arrays.equals(redacted, piece);
                out.write(redacted);
            }
        }
        return changed;
    }
}
