package dev.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.process.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierLifeTest {
    @TempDir
    Path all;

    private RunFiles files;

    @BeforeEach
    void begin() throws IOException {
        files = new RunFiles(Files.createDirectory(all.resolve("fix")), 1, 1);
    }

    @Test
    void what_an_agent_said_for_an_earlier_task_is_set_aside_under_a_free_name() throws IOException {
        Files.createDirectory(all.resolve("fix.1"));
        Files.writeString(files.stream(), "{}");

        EarlierLife.setAside(files.directory());

        assertThat(names()).containsExactly("fix.1", "fix.2");
        assertThat(all.resolve("fix.2").resolve(files.stream().getFileName())).hasContent("{}");
    }

    /** A disk fault makes the same start happen again, every half minute perhaps. */
    @Test
    void a_start_that_came_to_nothing_is_no_earlier_life() throws IOException {
        Files.writeString(files.before(), "");
        Files.writeString(files.prompt(), "Do it");
        Files.writeString(files.settings(), "{}");

        EarlierLife.setAside(files.directory());

        assertThat(names()).containsExactly("fix");
    }

    @Test
    void a_task_without_records_has_had_no_earlier_life() throws IOException {
        EarlierLife.setAside(all.resolve("other"));

        assertThat(names()).containsExactly("fix");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(all)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
