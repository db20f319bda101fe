package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final StringWriter err = new StringWriter();

    @Test
    void what_could_be_written_changes_nothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(printed(out, 0)).isZero();
        assertThat(printed(out, 4)).isEqualTo(4);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("grün");
    }

    @Test
    void a_command_whose_answer_could_not_be_written_did_not_succeed_and_says_why() {
        assertThat(printed(failing("No space left on device\u001b[2J"), 0)).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("The output could not be written: No space left on device?[2J");
    }

    @Test
    void a_command_that_failed_keeps_its_exit_code() {
        assertThat(printed(failing("No space left on device"), 3)).isEqualTo(3);
        assertThat(printed(failing("Broken pipe"), 2)).isEqualTo(2);
    }

    @Test
    void whoever_reads_no_further_is_told_nothing() {
        assertThat(printed(failing("Broken pipe"), 0)).isEqualTo(141);
        assertThat(printed(failing("The pipe is being closed"), 0)).isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothing_is_written_behind_what_is_missing() {
        ByteArrayOutputStream disk = new ByteArrayOutputStream();
        OutputStream fullOnce = new OutputStream() {
            private boolean wasFull;

            @Override
            public void write(int b) throws IOException {
                if (!wasFull) {
                    wasFull = true;
                    throw new IOException("No space left on device");
                }
                disk.write(b);
            }
        };
        assertThat(printed(fullOnce, 0)).isEqualTo(1);
        assertThat(disk.size()).isZero();
    }

    private int printed(OutputStream to, int code) {
        StandardOutput written = new StandardOutput(to);
        PrintWriter out = new PrintWriter(new OutputStreamWriter(written, StandardCharsets.UTF_8), true);
        out.println("grün");
        out.println("und mehr");
        out.flush();
        return written.exitCode(code, new PrintWriter(err, true));
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
