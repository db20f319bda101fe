package dev.orchestrator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Shows the same thing again and again in one place of a terminal; elsewhere one after the other. For one thread, and for the one
 * that ends the process.
 */
final class Screen implements AutoCloseable {
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_REST = "\u001b[J";
    /** Without a cursor, and without wrapping: what is too long for a line is cut, and takes one. */
    private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l\u001b[?7l";

    private static final String FORMER_SCREEN = "\u001b[?7h\u001b[?25h\u001b[?1049l";

    private final PrintWriter out;
    private final Terminal terminal;
    private final Thread atEnd;
    private boolean open;

    Screen(PrintWriter out, Terminal terminal, ThreadFactory threads) {
        this.out = out;
        this.terminal = terminal;
        // Ctrl-C ends the process in the middle of anything.
        this.atEnd = threads.newThread(this::restore);
        if (terminal.obeys()) {
            open();
        }
    }

    private synchronized void open() {
        // It waits until the other screen is there.
        Runtime.getRuntime().addShutdownHook(atEnd);
        open = true;
        write(OTHER_SCREEN);
    }

    /** Answers false when nobody reads any more. */
    boolean show(Consumer<PrintWriter> content) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        content.accept(writer);
        writer.flush();
        if (terminal.obeys()) {
            return showInPlace(text.toString().lines().toList());
        }
        write(text + "\n");
        return !out.checkError();
    }

    /** Nothing is written any more once the former screen is back. */
    private synchronized boolean showInPlace(List<String> lines) {
        if (open) {
            write(HOME + placed(cut(lines)));
        }
        return open && !out.checkError();
    }

    /**
     * Each line is cleared before it is written: behind one that is cut, its last character would be. The last has no line break,
     * by which a full screen would scroll.
     */
    private static String placed(List<String> lines) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < lines.size() - 1; i++) {
            all.append(CLEAR_LINE).append(lines.get(i)).append('\n');
        }
        return all.append(CLEAR_REST)
                .append(lines.isEmpty() ? "" : lines.get(lines.size() - 1))
                .toString();
    }

    private List<String> cut(List<String> lines) {
        int room = terminal.lines() - 1;
        if (lines.size() <= terminal.lines()) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, room));
        shown.add("... and " + (lines.size() - room) + " more lines");
        return shown;
    }

    private void write(String text) {
        out.print(text);
        out.flush();
    }

    private synchronized void restore() {
        if (open) {
            open = false;
            write(FORMER_SCREEN);
        }
    }

    @Override
    public void close() {
        restore();
        if (terminal.obeys()) {
            forgetEnd();
        }
    }

    private void forgetEnd() {
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The process is ending already; whoever came first has given the screen back.
        }
    }
}
