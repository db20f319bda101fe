package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String BEGIN = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private static final String END = "\u001b[?7h\u001b[?25h\u001b[?1049l";

    private final StringWriter out = new StringWriter();
    private final List<Runnable> atEnd = new ArrayList<>();

    private Screen screen(boolean obeys, int lines) {
        return new Screen(new PrintWriter(out), new Terminal(obeys, lines), work -> {
            atEnd.add(work);
            return new Thread(work);
        });
    }

    /** What a terminal does that is told {@code content}, which clears no line behind what it wrote there. */
    private String shown(int lines, Consumer<PrintWriter> content) {
        try (Screen screen = screen(true, lines)) {
            assertThat(screen.show(content)).isTrue();
        }
        assertThat(out.toString()).startsWith(BEGIN + "\u001b[H").endsWith(END);
        String between =
                out.toString().substring(BEGIN.length() + 3, out.toString().length() - END.length());
        for (String line : between.split("\n", -1)) {
            assertThat(line).matches("\u001b\\[[KJ][^\r\u001b]*");
        }
        return between.replaceAll("\u001b\\[[KJ]", "");
    }

    @Test
    void each_line_is_cleared_before_it_is_written_and_never_behind_a_return_however_lines_end() {
        assertThat(shown(24, writer -> writer.print("one\r\ntwo\nthree\r\n"))).isEqualTo("one\ntwo\nthree");
    }

    @Test
    void what_is_taller_than_the_terminal_is_cut_and_said_to_be() {
        assertThat(shown(4, writer -> writer.print("1\n2\n3\n4\n5\n"))).isEqualTo("1\n2\n3\n... and 2 more lines");
    }

    @Test
    void what_just_fits_is_shown_and_does_not_scroll() {
        assertThat(shown(4, writer -> writer.print("1\n2\n3\n4\n"))).isEqualTo("1\n2\n3\n4");
    }

    @Test
    void nothing_is_a_screen_too() {
        assertThat(shown(4, writer -> {})).isEmpty();
    }

    @Test
    void after_the_end_of_the_process_has_begun_nothing_is_written_and_the_screen_is_given_back_once() {
        try (Screen screen = screen(true, 24)) {
            boolean open = screen.show(writer -> {
                writer.println("too late");
                atEnd.get(0).run();
            });
            assertThat(open).isFalse();
        }

        assertThat(out.toString()).isEqualTo(BEGIN + END);
    }

    @Test
    void what_is_no_terminal_gets_all_of_it_as_it_is() {
        try (Screen screen = screen(false, 4)) {
            screen.show(writer -> writer.print("1\n2\n3\n4\n5\n"));
        }

        assertThat(out.toString()).isEqualTo("1\n2\n3\n4\n5\n\n");
    }
}
