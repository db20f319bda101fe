package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.intake.TaskDrop;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home with a tiny project that has a visible fault, and the task to mend it. */
final class DemoHome {
    static final String PROJECT = "project";
    static final String SOURCE = "average.py";
    static final TaskId TASK = new TaskId("fix-average");
    static final String FAULTY = "    return sum(values) / (len(values) - 1)";

    private static final String CODE = """
            def average(values):
                return sum(values) / (len(values) - 1)


            print(average([2, 4, 6]))
            """;
    static final String TASK_TEXT = """
            ---
            id: fix-average
            type: bug_fix
            cwd: project
            expected_files: [average.py]
            ---

            # Fix the average

            **Target Files:**
            - average.py

            **Prompt:**
            The average of 2, 4 and 6 should be 4, but `average.py` prints 6.0. Find out why and fix it.

            **Success Criteria:**
            - [ ] `average([2, 4, 6])` is 4.0
            """;

    private final Home home;

    DemoHome(Path root) {
        this.home = new Home(root);
    }

    Home home() {
        return home;
    }

    Path source() {
        return home.root().resolve(PROJECT).resolve(SOURCE);
    }

    void writeProject() throws IOException {
        Files.createDirectories(home.root().resolve(PROJECT));
        Files.writeString(source(), CODE);
    }

    Path dropTask() throws IOException {
        return new TaskDrop(home)
                .drop(TASK + ".task.md", TASK_TEXT.getBytes(StandardCharsets.UTF_8))
                .file();
    }

    /** The line that was faulty, as it is now. */
    String lineNow() throws IOException {
        return Files.readAllLines(source()).get(1);
    }

    boolean isMended() throws IOException {
        return !Files.readString(source()).contains(FAULTY);
    }
}
