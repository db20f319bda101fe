package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class ErrorPresenterTest {
    @TempDir
    Path temp;

    @Test
    void what_the_disk_refuses_is_the_users_to_mend() {
        TestCli cli = new TestCli(temp);

        int code = cli.run("x", new Failing(new UncheckedIOException(new AccessDeniedException("/home/logs"))));

        assertThat(code).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(cli.err())
                .contains("/home/logs cannot be used: permission denied")
                .doesNotContain("\tat ");
    }

    @Test
    void a_damaged_file_is_named_without_a_stack_trace() {
        TestCli cli = new TestCli(temp);

        assertThat(cli.run("x", new Failing(new IOException("the artifact of a is damaged"))))
                .isEqualTo(ExitCode.FAILED.code());
        assertThat(cli.err()).isEqualToIgnoringNewLines("the artifact of a is damaged");
    }

    @Test
    void anything_else_is_a_fault_of_ours() {
        TestCli cli = new TestCli(temp);

        assertThat(cli.run("x", new Failing(new IllegalStateException("oops")))).isEqualTo(ExitCode.INTERNAL.code());
        assertThat(cli.err()).contains("oops").contains("\tat ");
    }

    @Test
    void a_home_that_is_a_file_is_said_to_be_unusable() throws IOException {
        Path file = Files.writeString(temp.resolve("w1.md"), "x");
        TestCli cli = new TestCli(file);

        int code = cli.run(
                "status",
                new StatusCommand(millis -> true, Thread::new, TimeSource.system(), () -> new Terminal(false, 24)));

        assertThat(code).isEqualTo(ExitCode.USAGE.code());
        assertThat(cli.err()).contains("w1.md is not a directory");
    }

    @Test
    void an_empty_home_is_not_this_directory() {
        TestCli cli = new TestCli(Path.of(""));

        assertThat(cli.run(
                        "status",
                        new StatusCommand(
                                millis -> true, Thread::new, TimeSource.system(), () -> new Terminal(false, 24))))
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void a_damaged_artifact_is_not_shown_as_its_summary() throws IOException {
        Files.createDirectories(temp.resolve("results"));
        Files.createDirectories(temp.resolve("summaries"));
        Files.createFile(temp.resolve("results/a.json"));
        Files.writeString(temp.resolve("summaries/a.md"), "# a\n\n**succeeded**\n");
        TestCli cli = new TestCli(temp);

        assertThat(cli.run("show", new ShowCommand(Map.of()), "a")).isEqualTo(ExitCode.FAILED.code());
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("damaged");
    }

    @Command
    private static final class Failing implements Callable<Integer> {
        private final Exception why;

        Failing(Exception why) {
            this.why = why;
        }

        @Override
        public Integer call() throws Exception {
            throw why;
        }
    }
}
