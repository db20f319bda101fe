package dev.orchestrator.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A patch for a person, in colours on a terminal. Characters that would change what a terminal shows are made visible. */
final class DiffText {
    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String CYAN = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final boolean coloured;
    private boolean inHunk;

    DiffText(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** A line ends with a line feed and with nothing else: a carriage return is a part of what was changed. */
    void print(InputStream patch) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = patch.read(); next >= 0; next = patch.read()) {
            if (next == '\n') {
                line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(next);
            }
        }
        if (line.size() > 0) {
            line(line.toString(StandardCharsets.UTF_8));
        }
    }

    private void line(String line) {
        if (line.startsWith("diff --git ")) {
            inHunk = false;
        } else if (line.startsWith("@@ ")) {
            inHunk = true;
        }
        String colour = colour(line);
        String shown = Shown.seen(line.endsWith("\r") ? line.substring(0, line.length() - 1) + "^M" : line);
        out.println(coloured && !colour.isEmpty() ? colour + shown + PLAIN : shown);
    }

    private String colour(String line) {
        if (!inHunk) {
            return BOLD;
        }
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> GREEN;
            case '-' -> RED;
            case '@' -> CYAN;
            default -> "";
        };
    }
}
