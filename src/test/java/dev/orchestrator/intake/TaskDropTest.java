package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.config.Home;
import dev.orchestrator.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskDropTest {
    private Home home;
    private TaskDrop drop;

    @BeforeEach
    void home(@TempDir Path root) {
        home = new Home(root);
        drop = new TaskDrop(home);
    }

    @Test
    void the_file_is_there_whole_and_nothing_else_is() throws IOException {
        TaskDrop.Dropped dropped = drop.drop("x.task.md", bytes("Do it.\n"));

        assertThat(dropped.file()).hasContent("Do it.\n");
        assertThat(dropped.sha256()).isEqualTo(Sha256.of(bytes("Do it.\n")));
        assertThat(names()).containsExactly("x.task.md");
    }

    /** Only a daemon makes a home; a path that was mistyped is none. */
    @Test
    void a_home_that_is_not_there_is_not_made(@TempDir Path root) {
        Home mistyped = new Home(root.resolve("a/b"));

        assertThatThrownBy(() -> new TaskDrop(mistyped).drop("x.task.md", bytes("x")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void a_waiting_file_is_never_replaced() throws IOException {
        drop.drop("x.task.md", bytes("first"));
        drop.drop("x.task.md", bytes("second"));
        drop.drop("x.task.md", bytes("third"));

        assertThat(home.tasks().resolve("x.task.md")).hasContent("first");
        assertThat(home.tasks().resolve("x-2.task.md")).hasContent("second");
        assertThat(home.tasks().resolve("x-3.task.md")).hasContent("third");
    }

    @Test
    void files_dropped_at_the_same_moment_all_get_a_name() throws Exception {
        int many = 24;
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<TaskDrop.Dropped>> drops = IntStream.range(0, many)
                    .<Callable<TaskDrop.Dropped>>mapToObj(i -> () -> drop.drop("x.task.md", bytes("number " + i)))
                    .toList();
            List<String> contents = new ArrayList<>();
            for (Future<TaskDrop.Dropped> dropped : pool.invokeAll(drops)) {
                contents.add(Files.readString(dropped.get().file()));
            }
            assertThat(contents)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, many)
                            .mapToObj(i -> "number " + i)
                            .toList());
        } finally {
            pool.shutdownNow();
        }
        assertThat(names()).hasSize(many);
    }

    @Test
    void a_task_file_keeps_its_name_and_others_get_one() {
        assertThat(TaskDrop.nameFor("Fix It.task.md")).isEqualTo("Fix It.task.md");
        assertThat(TaskDrop.nameFor("X.TASK.MD")).isEqualTo("X.TASK.MD");
        assertThat(TaskDrop.nameFor("Fix the Login.md")).isEqualTo("fix-the-login.task.md");
        assertThat(TaskDrop.nameFor("../../etc/passwd")).isEqualTo("etc-passwd.task.md");
        assertThat(TaskDrop.nameFor(".hidden.task.md")).isEqualTo("hidden.task.md");
        assertThat(TaskDrop.nameFor("???")).isEqualTo("task.task.md");
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home.tasks())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
