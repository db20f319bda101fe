package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.config.Home;
import dev.orchestrator.intake.file.TaskFileCheck;
import dev.orchestrator.mediator.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateSampleCommandTest {
    private Home home;
    private TestCli cli;

    @BeforeEach
    void home(@TempDir Path root) {
        home = new Home(root);
        cli = new TestCli(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "bug_fix", "code_review", "custom", "documentation", "summarize"})
    void the_sample_of_every_type_would_be_accepted(String type) {
        assertThat(sample("--type", type)).isZero();

        assertThat(check(cli.out())).isInstanceOf(TaskFileCheck.Result.Fine.class);
        assertThat(cli.out()).contains("\ntype: " + type + "\n").doesNotContain("$");
        assertThat(home.tasks()).doesNotExist();
    }

    @Test
    void it_has_every_key_and_is_valid_with_all_of_them_in_use() {
        sample();
        String used = Pattern.compile("(?m)^# (?=[a-z_]+: )").matcher(cli.out()).replaceAll("");

        assertThat(check(used)).isInstanceOf(TaskFileCheck.Result.Fine.class);
        // What a key that is not known is answered with; the list of those that are.
        TaskFileCheck.Result.Wrong wrong = (TaskFileCheck.Result.Wrong) check("---\nqqqqqqqq: 1\n---\nx\n");
        String known = wrong.problem().replaceAll("(?s).*the keys are |\\.$", "");
        assertThat(known.split(", "))
                .hasSizeGreaterThan(10)
                .allSatisfy(key -> assertThat(used).containsPattern("(?m)^" + key + ": "));
    }

    @Test
    void it_is_dropped_when_asked() {
        assertThat(sample("--drop")).isZero();

        assertThat(cli.out()).isEqualTo("Dropped tasks/sample.task.md\n");
        assertThat(home.tasks().resolve("sample.task.md")).content().contains("type: analyze");
    }

    @Test
    void it_is_not_dropped_into_a_home_that_does_not_exist() {
        Path mistyped = home.root().resolve("hoem");
        cli = new TestCli(mistyped);

        assertThat(sample("--drop")).isEqualTo(2);
        assertThat(cli.err()).contains("There is no home " + mistyped);
        assertThat(mistyped).doesNotExist();
        assertThat(sample()).isZero();
    }

    @Test
    void an_unknown_type_is_bad_usage_and_the_nearest_is_named() {
        assertThat(sample("--type", "bugfix")).isEqualTo(2);

        assertThat(cli.err()).contains("Did you mean 'bug_fix'?");
    }

    private int sample(String... args) {
        return cli.run("create-sample", new CreateSampleCommand(), args);
    }

    private TaskFileCheck.Result check(String text) {
        return new TaskFileCheck(new Templates(home.templates())::names, 1 << 20)
                .check("sample.task.md", text.getBytes(StandardCharsets.UTF_8));
    }
}
