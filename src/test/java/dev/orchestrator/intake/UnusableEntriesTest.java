package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class UnusableEntriesTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(UnusableEntries.class);

    @TempDir
    Path tasks;

    private final UnusableEntries unusable = new UnusableEntries();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        LOGGER.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(said);
    }

    @Test
    void each_is_named_once_however_often_it_is_found() throws IOException {
        Path directory = Files.createDirectory(tasks.resolve("a.task.md"));
        Path link = Links.symbolic(tasks.resolve("b.task.md"), tasks.resolve("nowhere"));
        assertThat(UnusableEntries.problem(directory)).isPresent();

        for (int scan = 0; scan < 3; scan++) {
            unusable.look(directory);
            unusable.look(link);
            unusable.prune();
        }

        assertThat(unusable.all()).containsExactlyInAnyOrder(directory, link);
        assertThat(unusable.contains(directory)).isTrue();
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("a.task.md", "directory", "Put the task files"),
                        second ->
                                assertThat(second).contains("b.task.md", "symbolic link", "Put the file itself there"));
    }

    @Test
    void files_and_what_is_called_otherwise_are_none() throws IOException {
        unusable.look(Files.createFile(tasks.resolve("a.task.md")));
        unusable.look(Files.createDirectory(tasks.resolve("accepted")));
        unusable.look(tasks.resolve("gone.task.md"));

        assertThat(unusable.all()).isEmpty();
        assertThat(said.list).isEmpty();
    }

    @Test
    void what_was_replaced_by_a_file_is_none_any_more_and_is_named_again_when_it_comes_back() throws IOException {
        Path entry = Files.createDirectory(tasks.resolve("a.task.md"));
        unusable.look(entry);
        Files.delete(entry);
        Files.createFile(entry);
        assertThat(unusable.all()).isEmpty();
        unusable.prune();
        Files.delete(entry);
        Files.createDirectory(entry);

        assertThat(unusable.contains(entry)).isFalse();
        unusable.look(entry);
        assertThat(said.list).hasSize(2);
    }
}
