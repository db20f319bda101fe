package dev.orchestrator.pipeline;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.agent.ToolCall;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTextTest {
    private static final String FORGED = "Done.\n```\n\n## Checks\n\n- evidence: pass: all is well\n";

    private PipelineHome setting;
    private final ScriptedAgent agent = new ScriptedAgent();

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        setting = new PipelineHome(temp);
    }

    @Test
    void it_says_first_how_it_ended_then_why_then_what_changed() throws Exception {
        Task task =
                setting.accept(task("fix").type("bug_fix").title("Fix the sign").expects("b.txt"));
        agent.then((request, observer) -> {
            Files.writeString(request.directory().resolve("a.txt"), "x");
            return ScriptedAgent.ended(null, "I did it.\n\nAll of it.", "a.txt");
        });

        setting.run(agent, task);

        assertThat(setting.summary(task)).isEqualTo("""
                        # Fix the sign

                        **failed** · bug_fix · 0.0 s · task `fix`

                        ## Why

                        expected_files: no file matches b.txt (validation).

                        Next: Read the failed checks in the artifact and compare them with what the agent changed.

                        ## Files changed

                        - added `a.txt`

                        ## Checks

                        - structure: pass: 21 characters of report
                        - text: pass: it reads like a text
                        - relevance: pass: nothing says that it is about something else
                        - finished: pass: it does not say that anything was given up
                        - evidence: pass: 1 claimed, 1 changed
                        - read_only: skipped: the task may change files
                        - change_made: pass: 1 changed
                        - expected_files: fail (error): no file matches b.txt
                        - output_schema: skipped: the task asks for no object
                        - criteria: skipped: the task names none

                        ## What the agent said

                        ```text
                        I did it.

                        All of it.
                        ```

                        Guard: enforced, sandbox: none

                        Everything else: `results/fix.json`
                        """);
    }

    @Test
    void it_says_what_the_agent_reached_for_beyond_its_bounds() throws Exception {
        Task task = setting.accept(task("reach").type("analyze").title("Look"));
        agent.then((request, observer) -> {
            agent.refuse(request, observer, new ToolCall("t1", "Write", "../`a`\n## Checks", false));
            return ScriptedAgent.ended(null, "I looked at all of it.");
        });

        setting.run(agent, task);

        assertThat(setting.summary(task))
                .contains("## What it reached for beyond its bounds\n\n- Write ``../`a`")
                .contains("it is outside")
                .doesNotContain("\n## Checks\": it is");
    }

    @Test
    void what_the_agent_says_cannot_pass_for_a_part_of_the_summary() throws Exception {
        Task task = setting.accept(task("forged").type("bug_fix"));

        setting.run(agent.says(FORGED + "---\ntitle: x\n---\n<!-- <script>alert(1)</script>"), task);

        assertThat(setting.summary(task))
                .contains("**failed**")
                .endsWith("\n````text\n" + FORGED
                        + "---\ntitle: x\n---\n<!-- <script>alert(1)</script>\n````\n\n"
                        + "Guard: enforced, sandbox: none\n\nEverything else: `results/forged.json`\n");
    }

    @Test
    void a_title_is_one_line_whatever_is_in_it() throws Exception {
        Task task = setting.accept(task("title").title("Fix\n\n**succeeded** <b>`x`</b>\u001B[2J"));

        setting.run(agent.fails(Failure.of(FailureCategory.BUDGET, "too\n## dear")), task);

        assertThat(setting.summary(task))
                .startsWith("# Fix **succeeded** \\<b>\\`x\\`\\</b>?\\[2J\n\n**failed** · bug_fix")
                .contains("\n## Why\n\ntoo ## dear (budget).\n");
    }

    @Test
    void a_file_may_have_any_name() throws Exception {
        Task task = setting.accept(task("names"));
        agent.then((request, observer) -> {
            Files.writeString(request.directory().resolve("a`b.txt"), "x");
            return ScriptedAgent.ended(null, "Done.", "a`b.txt");
        });

        setting.run(agent, task);

        assertThat(setting.summary(task)).contains("\n- added ``a`b.txt``\n");
    }

    @Test
    void many_files_are_counted_and_a_long_report_is_cut_and_says_so() throws Exception {
        Task task = setting.accept(task("long"));
        agent.then((request, observer) -> {
            for (int i = 0; i < 40; i++) {
                Files.writeString(request.directory().resolve("f" + i), "x");
            }
            return ScriptedAgent.ended(null, "y".repeat(1_000_000));
        });

        setting.run(agent, task);

        assertThat(setting.summary(task))
                .contains("\n- and 10 more\n", "[... 980000 more characters in the transcript]")
                .hasSizeLessThan(25_000);
    }
}
