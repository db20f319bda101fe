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

    /** Reads lines, all of which together have no more bytes than a whole body. For one body. */
    static final class Lines {
        private final BufferedSource source;
        private long left = Transport.LARGEST_ANSWER;

        Lines(BufferedSource source) {
            this.source = source;
        }

        /** The next one, without its end; null at the end of all. */
        @Nullable
        String next() throws IOException {
            if (source.exhausted()) {
                return null;
            }
            long end = source.indexOf((byte) '\n', 0, left);
            if (end < 0 && source.request(left + 1)) {
                throw new IOException("more than " + Transport.LARGEST_ANSWER + " bytes");
            }
            if (end < 0) {
                return source.readUtf8();
            }
            left -= end + 1;
            String line = source.readUtf8(end);
            source.skip(1);
            return line;
        }
    }
}
