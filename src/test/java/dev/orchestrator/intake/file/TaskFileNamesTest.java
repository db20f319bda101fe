package dev.orchestrator.intake.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFileNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"fix.task.md", "X.TASK.MD", "Fix Login.Task.md", "a.b.task.md", "вход.task.md", "x.tmp.task.md"})
    void the_suffix_makes_a_task_file_in_any_case(String name) {
        assertThat(TaskFileNames.isTaskFile(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "task.md",
                "fix.md",
                "fix.task.txt",
                "fix.task.md.txt",
                "fixtask.md",
                ".task.md",
                ".fix.task.md",
                ".#fix.task.md",
                "~$fix.task.md",
                "fix.task.md~",
                "fix.task.md.tmp",
                "fix.task.md.partial",
                "fix.task.md.swp",
                ".fix.task.md.swp",
                "#fix.task.md#"
            })
    void anything_else_is_left_alone(String name) {
        assertThat(TaskFileNames.isTaskFile(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fix-login.task.md, fix-login",
        "Fix Login!.TASK.MD, fix-login",
        "Crème brûlée.task.md, creme-brulee",
        "вход.task.md, task",
        "---.task.md, task",
        "no-suffix, no-suffix",
        "a123456789b123456789c123456789d12345678-9x.task.md, a123456789b123456789c123456789d12345678"
    })
    void the_slug_is_what_an_id_can_hold_of_the_name(String name, String slug) {
        assertThat(TaskFileNames.slug(name)).isEqualTo(slug);
    }
}
