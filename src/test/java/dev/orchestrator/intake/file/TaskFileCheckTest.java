package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.task.TaskId;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFileCheckTest {
    private static final TaskId ID = new TaskId("007");
    private final TaskFileCheck check = new TaskFileCheck(() -> Set.of("bug_fix"), 1000);

    @Test
    void a_file_that_the_daemon_would_take_is_fine() {
        assertThat(check("---\nid: Fix-It\ntype: bug_fix\n---\n# Fix it\n\nNow.\n"))
                .isEqualTo(new TaskFileCheck.Result.Fine(Optional.of(new TaskId("fix-it")), "Fix it"));
    }

    @Test
    void what_is_wrong_comes_with_its_line_and_its_remedy() {
        assertThat(check("---\nid: x\nprioritty: high\n---\nDo it.\n"))
                .isEqualTo(new TaskFileCheck.Result.Wrong(
                        "'prioritty' is not a known key (line 3). Did you mean 'priority'?"));
    }

    @Test
    void empty_and_too_large_files_are_wrong() {
        assertThat(check(" \n")).isInstanceOf(TaskFileCheck.Result.Wrong.class);
        assertThat(check("x".repeat(1001))).isInstanceOf(TaskFileCheck.Result.Wrong.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Do it.\n",
                "---\ntype: bug_fix\n---\nDo it.\n",
                "---  \r\ntype: bug_fix\r\n---\r\nDo it.\r\n",
                "\uFEFF---\ntype: bug_fix\n---\nDo it.\n",
                "# Title\n\n---\n\nDo it.\n"
            })
    void an_id_is_put_in_wherever_the_front_matter_is(String text) {
        assertHasId(TaskFileCheck.withId(bytes(text, StandardCharsets.UTF_8), ID));
    }

    @Test
    void an_id_is_put_into_utf_16_as_well() {
        assertHasId(
                TaskFileCheck.withId(bytes("\uFEFF---\ntype: bug_fix\n---\nDo it.\n", StandardCharsets.UTF_16LE), ID));
    }

    private void assertHasId(byte[] content) {
        assertThat(check.check("x.task.md", content))
                .isInstanceOfSatisfying(
                        TaskFileCheck.Result.Fine.class,
                        fine -> assertThat(fine.id()).contains(ID));
        assertThat(new String(content, StandardCharsets.UTF_8)).contains("Do it.");
    }

    private TaskFileCheck.Result check(String text) {
        return check.check("x.task.md", bytes(text, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }
}
