package dev.orchestrator.agent.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How much a run may leave on our disk: so much on its standard output, and again on its error output. */
public final class OutputLimit {
    private final Path stdout;
    private final Path stderr;
    private final long most;

    public OutputLimit(Path stdout, Path stderr, long most) {
        this.stdout = stdout;
        this.stderr = stderr;
        this.most = most;
    }

    /** @param stream the run's standard output, which is there also when somebody removed its name */
    public boolean isExceededBy(StreamTail stream) throws IOException {
        return stream.isTooLong() || size(stderr) > most;
    }

    /** Frees what is over the limit. For when nobody writes any more. */
    public void cut() throws IOException {
        cut(stdout);
        cut(stderr);
    }

    private void cut(Path file) throws IOException {
        if (size(file) > most) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(most);
            }
        }
    }

    /** Zero for what is no file. */
    private static long size(Path file) throws IOException {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
