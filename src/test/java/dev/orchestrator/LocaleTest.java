package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files whose names are not ASCII, for a process that was started with {@code LC_ALL=C}, as cron and many containers do. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "platform: elsewhere names of files do not depend on the locale")
class LocaleTest {
    private static final String MISSING_AGENT = "claude.command=no-such-agent";

    @TempDir
    Path temp;

    private Home home;

    @BeforeEach
    void home() throws IOException {
        home = new Home(Files.createDirectory(temp.resolve("home")));
        Files.createDirectories(home.rejected());
    }

    @Test
    void such_a_task_file_waits_and_is_named_with_the_remedy_and_others_are_taken() throws Exception {
        shell("printf 'Do it.\\n' > \"$1/$(printf 'gr\\303\\266\\303\\237e').task.md\"", home.tasks());
        Files.writeString(home.tasks().resolve("typo.task.md"), "---\nprioritty: high\n---\nDo it.\n");

        Ended ended = orchestrator("C", home.root(), "run", "--once");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "Some task files may not be taken in: ",
                        "LC_ALL=C.UTF-8",
                        "0 succeeded, 0 failed",
                        "1 rejected")
                .contains("is not taken in: in the locale of this process the names of files are US-ASCII")
                .doesNotContain("Exception");
        assertThat(taskFiles(home.tasks())).isEqualTo(1);

        assertThat(orchestrator("C.UTF-8", home.root(), "run", "--once", "--set", MISSING_AGENT)
                        .output())
                .contains("No task is started: the agent could not be started")
                .doesNotContain("may not be taken in");
        assertThat(taskFiles(home.tasks())).isZero();
    }

    /** One that was rejected under another locale. */
    @Test
    void a_rejected_file_of_such_a_name_holds_up_no_other() throws Exception {
        shell("printf 'Do it.\\n' > \"$1/$(printf '\\303\\244').task.md\"", home.rejected());
        Files.writeString(home.tasks().resolve("typo.task.md"), "---\nprioritty: high\n---\nDo it.\n");

        Ended ended = orchestrator("C", home.root(), "run", "--once");

        assertThat(ended.output()).contains("1 rejected").doesNotContain("Exception");
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    /** Taken for gone, its file could be found by a later start and be done a second time. */
    @Test
    void a_start_that_cannot_look_for_the_file_of_a_task_is_refused_with_the_remedy() throws Exception {
        shell(
                "printf -- '---\\nid: a\\nafter: b\\n---\\nDo it.\\n' > \"$1/$(printf '\\303\\244').task.md\"",
                home.tasks());
        orchestrator("C.UTF-8", home.root(), "run", "--once");
        Files.delete(home.root().resolve("tasks/accepted/a.task.md"));

        Ended ended = orchestrator("C", home.root(), "run", "--once");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.output())
                .contains("cannot be used: in the locale", "LC_ALL=C.UTF-8")
                .doesNotContain("\tat ");
    }

    @Test
    void a_current_directory_of_such_a_name_is_refused_with_the_remedy() throws Exception {
        shell("mkdir \"$1/$(printf '\\303\\244')\"", temp);
        Ended ended = run("C", temp, "cd ./*[!-a-z0-9.]* && exec \"$@\"", "status");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.output())
                .contains("The current directory", "LC_ALL=C.UTF-8")
                .doesNotContain("\tat ");
    }

    @Test
    void a_file_and_a_home_of_such_a_name_on_the_command_line_are_refused_with_the_remedy() throws Exception {
        Ended submit = run("C", temp, "exec \"$@\" \"$(printf '\\303\\244').task.md\"", "submit");
        Ended status = run("C", temp, "exec \"$@\" --home \"/tmp/$(printf '\\303\\244')\"", "status");

        for (Ended ended : List.of(submit, status)) {
            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.output())
                    .contains("cannot be used: in the locale", "LC_ALL=C.UTF-8")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void doctor_warns_of_it() throws Exception {
        assertThat(orchestrator("C", home.root(), "doctor").output())
                .containsPattern("warn +java file names +in the locale of this process the names of files are US-ASCII")
                .contains("mend it:           Set LC_ALL=C.UTF-8");
        assertThat(orchestrator("C.UTF-8", home.root(), "doctor").output()).containsPattern("ok +java file names");
    }

    private record Ended(int exitCode, String output) {}

    private Ended orchestrator(String locale, Path root, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("--home", root.toString()));
        all.addAll(List.of(args));
        return run(locale, temp, "exec \"$@\"", all.toArray(String[]::new));
    }

    /** @param script has the call of the program as its arguments */
    private Ended run(String locale, Path directory, String script, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(MainProcess.command(args));
        return run(locale, directory, command);
    }

    private static void shell(String script, Path directory) throws Exception {
        assertThat(run("C", directory, List.of("sh", "-c", script, "sh", directory.toString()))
                        .exitCode())
                .isZero();
    }

    private static Ended run(String locale, Path directory, List<String> command) throws Exception {
        Path out = Files.createTempFile("locale", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    private static int taskFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".task.md")).count();
        }
    }
}
