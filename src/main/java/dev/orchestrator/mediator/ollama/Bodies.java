package dev.orchestrator.mediator.ollama;

import java.io.IOException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Reads what a server sends, no more than is allowed. What is no UTF-8 becomes replacement characters. */
final class Bodies {
    private Bodies() {}

    static String whole(BufferedSource source) throws IOException {
        if (source.request(Transport.LARGEST_ANSWER)) {
            throw new IOException("more than " + Transport.LARGEST_ANSWER + " bytes");
        }
        return source.readUtf8();
    }

    /**
     * The next line, without its end; null at the end of all.
     *
     * @param most bytes that it may have
     */
    static @Nullable String line(BufferedSource source, long most) throws IOException {
        if (source.exhausted()) {
            return null;
        }
        long end = source.indexOf((byte) '\n', 0, most);
        if (end >= 0) {
            String line = source.readUtf8(end);
            source.skip(1);
            return line;
        }
        if (source.request(most)) {
            throw new IOException("a line of more than " + most + " bytes");
        }
        return source.readUtf8();
    }
}
