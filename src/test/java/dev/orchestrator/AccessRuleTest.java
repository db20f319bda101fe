package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.testkit.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessRuleTest {
    private static final TaskBody BODY = new TaskBody("Do it.", List.of(), List.of(), "");

    @TempDir
    Path templates;

    @Test
    void a_task_claims_to_read_when_neither_it_nor_its_template_could_change_a_file() throws IOException {
        write("read_only: true\ntools: [WebSearch]\n");

        assertThat(of(TaskBuilder.task("t"))).isEqualTo(Access.READ);
        assertThat(of(TaskBuilder.task("t").allows("WebFetch(domain:a.org)"))).isEqualTo(Access.READ);
        assertThat(of(TaskBuilder.task("t").allows("Bash(make)"))).isEqualTo(Access.WRITE);
    }

    /** Whatever is granted by a template when the task runs, its claim covers it. */
    @Test
    void a_task_claims_to_write_when_its_template_has_programs_run_or_is_not_valid() throws IOException {
        write("read_only: false\ntools: [\"Bash(make)\"]\n");
        assertThat(of(TaskBuilder.task("t"))).isEqualTo(Access.WRITE);

        write("read_only: false\nacceptance: [make]\n");
        assertThat(of(TaskBuilder.task("t"))).isEqualTo(Access.WRITE);

        write("read_only: true\ntools: [\"Bash(make)\"]\n");
        assertThat(of(TaskBuilder.task("t"))).isEqualTo(Access.WRITE);
    }

    private Access of(TaskBuilder task) {
        AccessRule rule = new AccessRule(new RuleMediator(), new Templates(templates), () -> false);
        return rule.of(task.type("mine").build().spec(), BODY);
    }

    private void write(String head) throws IOException {
        Files.writeString(templates.resolve("mine.md"), "---\n" + head + "---\nText\n");
    }
}
