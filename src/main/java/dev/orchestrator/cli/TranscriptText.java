package dev.orchestrator.cli;

import dev.orchestrator.json.Records;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one attempt for a person: the agent's words as they are, each tool call with its target, and the first
 * lines of what it answered. Sample:
 *
 * <pre>
 * I will look at the login first.
 * > Read src/login.py
 *   | import socket
 *   | ... 120 more lines
 * </pre>
 */
final class TranscriptText {
    private static final int MOST_LINES = 8;
    private static final int WIDTH = 160;
    private static final List<String> TARGETS =
            List.of("file_path", "notebook_path", "path", "command", "url", "query", "pattern", "description");

    private final PrintWriter out;

    TranscriptText(PrintWriter out) {
        this.out = out;
    }

    /** Prints one line of the stream; what is not a message of a kind that says something is passed over. */
    void line(String line) {
        Map<String, @Nullable Object> message;
        try {
            message = Records.tree(line);
        } catch (IOException e) {
            // A warning that some library printed, or the half line of a process that died or is still writing.
            return;
        }
        switch (text(message.get("type"))) {
            case "assistant", "user" -> blocks(message.get("message"));
            case "result" -> result(message);
            case "system" -> system(message);
            default -> {
                // A kind of a newer version.
            }
        }
    }

    private void blocks(@Nullable Object message) {
        if (message instanceof Map<?, ?> fields && fields.get("content") instanceof List<?> content) {
            for (Object block : content) {
                if (block instanceof Map<?, ?> known) {
                    block(known);
                }
            }
        }
    }

    private void block(Map<?, ?> block) {
        switch (text(block.get("type"))) {
            case "text" -> out.println(Shown.safe(text(block.get("text"))).strip());
            case "tool_use" -> out.println("> " + Shown.line(text(block.get("name")) + " " + target(block), WIDTH));
            case "tool_result" -> answer(block);
            default -> {
                // Thinking and pictures.
            }
        }
    }

    private static String target(Map<?, ?> call) {
        if (call.get("input") instanceof Map<?, ?> input) {
            for (String name : TARGETS) {
                if (input.get(name) instanceof String value) {
                    return value;
                }
            }
        }
        return "";
    }

    private void answer(Map<?, ?> block) {
        String mark = Boolean.TRUE.equals(block.get("is_error")) ? "  ! " : "  | ";
        List<String> lines = content(block.get("content")).lines().toList();
        for (String line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            out.println(mark + Shown.cut(line, WIDTH));
        }
        if (lines.size() > MOST_LINES) {
            out.println(mark + "... " + (lines.size() - MOST_LINES) + " more lines");
        }
    }

    /** A string, or a list of blocks of which those with text count. */
    private static String content(@Nullable Object content) {
        if (!(content instanceof List<?> blocks)) {
            return text(content);
        }
        StringBuilder all = new StringBuilder();
        for (Object block : blocks) {
            if (block instanceof Map<?, ?> fields && fields.get("text") instanceof String value) {
                all.append(value).append('\n');
            }
        }
        return all.toString();
    }

    private void result(Map<String, @Nullable Object> message) {
        out.println("-- " + Shown.line(text(message.get("subtype")), WIDTH)
                + (message.get("num_turns") == null ? "" : ", " + text(message.get("num_turns")) + " turns")
                + (message.get("total_cost_usd") == null ? "" : ", $" + text(message.get("total_cost_usd"))));
    }

    private void system(Map<String, @Nullable Object> message) {
        switch (text(message.get("subtype"))) {
            case "init" -> out.println("-- model " + Shown.line(text(message.get("model")), WIDTH));
            case "api_retry" ->
                out.println("-- request failed, tried again: " + Shown.line(text(message.get("error")), WIDTH));
            case "permission_denied" -> out.println("-- refused: " + Shown.line(text(message.get("message")), WIDTH));
            default -> {
                // Hooks, compaction and other notices.
            }
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }
}
