package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.testkit.EffectOf;
import dev.orchestrator.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest {
    private Home home;
    private Path elsewhere;
    private TestCli cli;
    private String stdin = "";

    @BeforeEach
    void home(@TempDir Path temp) throws IOException {
        home = new Home(Files.createDirectory(temp.resolve("home")));
        elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        cli = new TestCli(home.root());
    }

    @Test
    void a_file_is_put_in_place_under_its_name() throws IOException {
        assertThat(submit(file("fix.task.md", "Fix it.\n"))).isZero();

        assertThat(home.tasks().resolve("fix.task.md")).hasContent("Fix it.\n");
        assertThat(cli.out()).isEqualTo("Submitted tasks/fix.task.md\n");
        assertThat(cli.err()).contains("No daemon runs", "run`");
    }

    @Test
    void a_home_that_does_not_exist_is_bad_usage_and_is_not_made() throws IOException {
        Path mistyped = elsewhere.resolve("hoem/deep");
        cli = new TestCli(mistyped);

        assertThat(submit(file("fix.task.md", "Fix it.\n"))).isEqualTo(2);

        assertThat(cli.err()).contains("There is no home " + mistyped, "Check --home", "mkdir -p \"" + mistyped + "\"");
        assertThat(elsewhere.resolve("hoem")).doesNotExist();
    }

    @Test
    void a_home_that_is_a_file_is_bad_usage() throws IOException {
        cli = new TestCli(Path.of(file("notes.md", "x")));

        assertThat(submit(file("fix.task.md", "Fix it.\n"))).isEqualTo(2);

        assertThat(cli.err()).contains("notes.md is not a directory");
    }

    @Test
    void a_waiting_file_of_that_name_stays() throws IOException {
        submit(file("fix.task.md", "First.\n"));
        submit(file("fix.task.md", "Second.\n"));

        assertThat(home.tasks().resolve("fix.task.md")).hasContent("First.\n");
        assertThat(home.tasks().resolve("fix-2.task.md")).hasContent("Second.\n");
    }

    @Test
    void standard_input_is_named_by_its_title() throws IOException {
        stdin = "# Fix the Login\n\nNow.\n";

        assertThat(submit("-")).isZero();
        assertThat(submit()).isZero();

        assertThat(waiting()).containsExactly("fix-the-login-2.task.md", "fix-the-login.task.md");
    }

    @Test
    void an_id_is_written_into_the_file() throws IOException {
        stdin = "Fix it.\n";

        assertThat(submit("--id", "Fix-7")).isZero();

        assertThat(home.tasks().resolve("fix-7.task.md")).content().contains("id: \"fix-7\"", "Fix it.");
    }

    @Test
    void an_id_that_the_file_contradicts_is_bad_usage() throws IOException {
        assertThat(submit(file("a.task.md", "---\nid: one\n---\nx y z\n"), "--id", "two"))
                .isEqualTo(2);

        assertThat(cli.err()).contains("names the id one");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_the_daemon_would_reject_is_not_put_in_place() throws IOException {
        assertThat(submit(file("a.task.md", "---\nprioritty: high\n---\nx\n"))).isEqualTo(1);

        assertThat(cli.err()).contains("a.task.md was not submitted", "line 2", "Did you mean 'priority'?");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void one_for_an_agent_that_is_not_there_is_not_put_in_place() throws IOException {
        Files.writeString(home.settings(), "agents.mine.command: cat\n");

        assertThat(submit(file("a.task.md", "---\nagent: mime\n---\nx\n"))).isEqualTo(1);
        assertThat(cli.err())
                .contains("a.task.md was not submitted: agent: 'mime' is not the name of an agent (line 2)."
                        + " Did you mean 'mine'?");
        assertThat(submit(file("b.task.md", "---\nagent: mine\nmodel: opus\n---\nx\n")))
                .isEqualTo(1);
        assertThat(cli.err()).contains("cannot be held to `model`", "line 3");
        assertThat(waiting()).isEmpty();

        assertThat(submit(file("c.task.md", "---\nagent: mine\n---\nx\n"))).isZero();
    }

    @Test
    void one_whose_template_is_not_valid_is_not_put_in_place() throws IOException {
        Files.createDirectories(home.templates());
        Files.writeString(home.templates().resolve("mine.md"), "---\nread_onyl: true\n---\nLook.\n");

        assertThat(submit(file("a.task.md", "---\ntype: mine\n---\nx\n"))).isEqualTo(1);
        assertThat(cli.err())
                .contains("a.task.md was not submitted: template templates/mine.md is not valid: 'read_onyl' is not a"
                        + " known key of a template (line 2). Did you mean 'read_only'?");
        assertThat(waiting()).isEmpty();
    }

    @Test
    @EffectOf("intake.max_file_size")
    void an_empty_file_and_one_beyond_the_limit_are_not_put_in_place() throws IOException {
        Files.writeString(home.settings(), "intake.max_file_size: 1KB\n");

        assertThat(submit(file("empty.task.md", ""))).isEqualTo(1);
        assertThat(submit(file("large.task.md", "x".repeat(5000)))).isEqualTo(1);

        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_missing_file_and_bad_values_are_bad_usage() throws IOException {
        assertThat(submit(elsewhere.resolve("gone.md").toString())).isEqualTo(2);
        assertThat(submit(file("a.task.md", "x"), "--id", "no spaces")).isEqualTo(2);
        assertThat(submit(file("a.task.md", "x"), "--timeout", "10")).isEqualTo(2);

        assertThat(waiting()).isEmpty();
    }

    @Test
    void waiting_without_a_daemon_says_so_and_leaves_the_file() throws IOException {
        assertThat(submit(file("a.task.md", "Do it.\n"), "--wait")).isEqualTo(4);

        assertThat(cli.err()).contains("No daemon runs");
        assertThat(waiting()).containsExactly("a.task.md");
    }

    private int submit(String... args) {
        ByteArrayInputStream in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
        return cli.run("submit", new SubmitCommand(Map.of(), in, TimeSource.system()), args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(elsewhere.resolve(name), text).toString();
    }

    private List<String> waiting() throws IOException {
        if (!Files.exists(home.tasks())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.tasks())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
