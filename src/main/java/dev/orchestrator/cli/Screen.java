package dev.orchestrator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Shows the same thing again and again in one place of a terminal; elsewhere one after the other. For one thread. */
final class Screen implements AutoCloseable {
    private static final String HOME = "\u001b[H";
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END = "\u001b[J";
    private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
    private static final String FORMER_SCREEN = "\u001b[?25h\u001b[?1049l";

    private final PrintWriter out;
    private final boolean terminal;
    private final Thread atEnd;

    /** @param terminal whether what is written is obeyed */
    Screen(PrintWriter out, boolean terminal, ThreadFactory threads) {
        this.out = out;
        this.terminal = terminal;
        // Ctrl-C ends the process in the middle of anything.
        this.atEnd = threads.newThread(this::restore);
        if (terminal) {
            Runtime.getRuntime().addShutdownHook(atEnd);
            write(OTHER_SCREEN);
        }
    }

    /** Answers false when nobody reads any more. */
    boolean show(Consumer<PrintWriter> content) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        content.accept(writer);
        writer.flush();
        String shown = text.toString();
        write(terminal ? HOME + shown.replace("\n", TO_END_OF_LINE + "\n") + TO_END : shown + "\n");
        return !out.checkError();
    }

    private void write(String text) {
        out.print(text);
        out.flush();
    }

    private void restore() {
        write(FORMER_SCREEN);
    }

    @Override
    public void close() {
        if (terminal) {
            restore();
            Runtime.getRuntime().removeShutdownHook(atEnd);
        }
    }
}
