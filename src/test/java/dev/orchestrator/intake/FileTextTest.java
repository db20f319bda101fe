package dev.orchestrator.intake;

import static dev.orchestrator.testkit.TaskBuilder.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.files.Sha256;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTextTest {
    private static final String TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16"})
    void a_file_comes_back_byte_for_byte(String charset) throws IOException {
        byte[] content = "Dö it.\r\n".getBytes(Charset.forName(charset));

        assertThat(FileText.read(event(content)))
                .hasValueSatisfying(read -> assertThat(read).isEqualTo(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16"})
    void one_with_a_secret_is_there_to_be_read_but_not_to_be_done(String charset) throws IOException {
        byte[] content = ("Use " + TOKEN + ".").getBytes(Charset.forName(charset));
        TaskAccepted event = event(content);

        assertThat(event.encoding()).isEqualTo("utf-8");
        assertThat(event.text()).endsWith("Use [redacted].");
        assertThat(FileText.read(event)).isEmpty();
    }

    @Test
    void it_says_whether_it_is_complete() {
        assertThat(FileText.write("Do it.".getBytes(StandardCharsets.UTF_8), Redactor.SHAPES_ONLY)
                        .complete())
                .isTrue();
        assertThat(FileText.write(TOKEN.getBytes(StandardCharsets.UTF_8), Redactor.SHAPES_ONLY)
                        .complete())
                .isFalse();
    }

    private static TaskAccepted event(byte[] content) {
        FileText.Written written = FileText.write(content, Redactor.SHAPES_ONLY);
        Task built = task("t").build();
        Task accepted = new Task(
                built.id(),
                new TaskSource("t.task.md", Sha256.of(content), content.length),
                built.spec(),
                built.directory(),
                built.access(),
                built.acceptedAt());
        return new TaskAccepted(built.id(), accepted, null, written.encoding(), written.text());
    }
}
