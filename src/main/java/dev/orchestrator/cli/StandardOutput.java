package dev.orchestrator.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the program prints to. A {@link PrintWriter} goes on as if nothing were when a write fails; this remembers why, so that
 * the process can tell. For one thread at a time, as the writer above it sees to.
 */
public final class StandardOutput extends OutputStream {
    private static final int WIDTH = 300;

    private final OutputStream out;
    private volatile @Nullable IOException failure;

    /** @param out the system's, not what {@code System.out} makes of it: that swallows errors as well */
    public StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** After one that failed nothing is written: with a part of it missing, the rest would be something else. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw new IOException("an earlier part could not be written");
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * The exit code of a command that ended with {@code code}, now that all it printed is flushed. One that could not say what it
     * was asked did not succeed. Whoever reads no further, as {@code head} does, has what he wants and is told nothing.
     */
    public int exitCode(int code, PrintWriter err) {
        IOException why = failure;
        if (why == null) {
            return code;
        }
        boolean readerIsGone = isOfReader(why);
        if (!readerIsGone) {
            err.println("The output could not be written: " + Shown.line(String.valueOf(why.getMessage()), WIDTH));
        }
        ExitCode ours = readerIsGone ? ExitCode.READER_GONE : ExitCode.FAILED;
        return code == ExitCode.DONE.code() ? ours.code() : code;
    }

    /** The system has no more than words for it: {@code Broken pipe}, {@code The pipe is being closed}. */
    private static boolean isOfReader(IOException why) {
        return String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
