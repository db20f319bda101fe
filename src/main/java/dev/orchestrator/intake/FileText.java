package dev.orchestrator.intake;

import dev.orchestrator.task.TaskEvent.TaskAccepted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A task file in the journal, byte for byte: as text where it is UTF-8, else as Base64. */
final class FileText {
    private static final String UTF_8 = "utf-8";
    private static final String BASE_64 = "base64";

    private FileText() {}

    /** How {@code content} is written. */
    record Written(String encoding, String text) {}

    static Written write(byte[] content) {
        try {
            // A fresh decoder refuses what it could not give back.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return new Written(UTF_8, text);
        } catch (CharacterCodingException e) {
            return new Written(BASE_64, Base64.getEncoder().encodeToString(content));
        }
    }

    static byte[] read(TaskAccepted event) throws IOException {
        return switch (event.encoding()) {
            case UTF_8 -> event.text().getBytes(StandardCharsets.UTF_8);
            case BASE_64 -> Base64.getDecoder().decode(event.text());
            default -> throw new IOException("task " + event.taskId() + " is written as " + event.encoding());
        };
    }
}
