package dev.orchestrator.intake;

import dev.orchestrator.files.Sha256;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A task file in the journal, byte for byte: as text where it is UTF-8, else as Base64. One with secrets in it stands there
 * without them, always as text: Base64 would only disguise them.
 */
final class FileText {
    private static final String UTF_8 = "utf-8";
    private static final String BASE_64 = "base64";

    private FileText() {}

    /**
     * How a file is written.
     *
     * @param complete false when something had to be left out
     */
    record Written(String encoding, String text, boolean complete) {}

    static Written write(byte[] content, Redactor redactor) {
        Written whole = write(content);
        String said = whole.encoding.equals(UTF_8) ? whole.text : new String(content, StandardCharsets.UTF_16);
        String redacted = redactor.redact(said);
        return redacted.equals(said) ? whole : new Written(UTF_8, redacted, false);
    }

    private static Written write(byte[] content) {
        try {
            // A fresh decoder refuses what it could not give back.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return new Written(UTF_8, text, true);
        } catch (CharacterCodingException e) {
            return new Written(BASE_64, Base64.getEncoder().encodeToString(content), true);
        }
    }

    /** Empty when the journal does not have the file as it was. */
    static Optional<byte[]> read(TaskAccepted event) throws IOException {
        byte[] content = decoded(event);
        return Sha256.of(content).equals(event.task().source().sha256()) ? Optional.of(content) : Optional.empty();
    }

    private static byte[] decoded(TaskAccepted event) throws IOException {
        return switch (event.encoding()) {
            case UTF_8 -> event.text().getBytes(StandardCharsets.UTF_8);
            case BASE_64 -> Base64.getDecoder().decode(event.text());
            default -> throw new IOException("task " + event.taskId() + " is written as " + event.encoding());
        };
    }
}
