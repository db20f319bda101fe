package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileRetryTest {
    private final List<Long> paused = new ArrayList<>();
    private final FileRetry retry = new FileRetry(new long[] {1, 2, 4}, paused::add);
    private int tried;

    @Test
    void what_works_is_done_once() throws IOException {
        retry.run(() -> tried++);
        assertThat(tried).isEqualTo(1);
        assertThat(paused).isEmpty();
    }

    @Test
    void a_file_that_is_held_for_a_moment_is_waited_for() throws IOException {
        retry.run(() -> failUntil(3, new AccessDeniedException("held")));
        assertThat(tried).isEqualTo(3);
        assertThat(paused).containsExactly(1L, 2L);
    }

    @Test
    void a_sharing_violation_is_waited_for() throws IOException {
        retry.run(() -> failUntil(4, new FileSystemException("a", "b", "used by another process")));
        assertThat(paused).containsExactly(1L, 2L, 4L);
    }

    @Test
    void when_the_pauses_are_used_up_the_last_failure_is_thrown() {
        AccessDeniedException held = new AccessDeniedException("held");
        assertThatThrownBy(() -> retry.run(() -> failUntil(99, held))).isSameAs(held);
        assertThat(tried).isEqualTo(4);
    }

    static Stream<IOException> lasting() {
        return Stream.of(
                new NoSuchFileException("a"),
                new FileAlreadyExistsException("a"),
                new NotDirectoryException("a"),
                new DirectoryNotEmptyException("a"),
                new AtomicMoveNotSupportedException("a", "b", "another volume"),
                new IOException("not about a file"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void a_lasting_reason_is_not_tried_again(IOException lasting) {
        assertThatThrownBy(() -> retry.run(() -> failUntil(2, lasting))).isSameAs(lasting);
        assertThat(tried).isEqualTo(1);
    }

    private void failUntil(int success, IOException failure) throws IOException {
        if (++tried < success) {
            throw failure;
        }
    }
}
