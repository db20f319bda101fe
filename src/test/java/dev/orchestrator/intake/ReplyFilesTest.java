package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.files.Sha256;
import dev.orchestrator.intake.file.TaskFileResult;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyFilesTest extends IntakeCase {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String REPLY = "---\nturn_of: fix\n---\nIn euros.\n";

    private void awaitGone(String name) {
        Await.until(LONG, () -> !Files.exists(home.tasks().resolve(name)));
    }

    private static List<Path> in(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void what_a_file_says_to_a_task_is_said_and_the_file_is_put_away() throws Exception {
        drop("more.task.md", REPLY);
        start();
        awaitGone("more.task.md");

        assertThat(memory.said).hasSize(1);
        assertThat(memory.said.get(0).id()).isEqualTo(new TaskId("fix"));
        assertThat(memory.said.get(0).message()).isEqualTo("In euros.");
        assertThat(memory.said.get(0).source().file()).isEqualTo("more.task.md");
        assertThat(in(home.processed()))
                .singleElement()
                .extracting(path -> path.getFileName().toString())
                .asString()
                .matches("fix\\.reply-[0-9a-f]{12}\\.task\\.md");
        assertThat(intake.isIdle()).isTrue();
    }

    @Test
    void what_cannot_be_said_is_rejected_with_the_reason() throws Exception {
        memory.answer = new Replies.Answer.Refused("There is no task fix.");

        assertThat(rejected("more.task.md", REPLY).path("reason").asText()).isEqualTo("There is no task fix.");
        assertThat(home.rejected().resolve("more.task.md")).exists();
    }

    @Test
    void one_that_is_saved_again_among_the_rejected_is_said() throws Exception {
        memory.answer = new Replies.Answer.Refused("Task fix is running.");
        rejected("more.task.md", REPLY);
        memory.answer = new Replies.Answer.Said("Task fix goes on.");

        Files.writeString(home.rejected().resolve("more.task.md"), REPLY + "Three of them.\n");

        Await.until(LONG, () -> !Files.exists(home.rejected().resolve("more.task.md")));
        assertThat(memory.said.get(memory.said.size() - 1).message()).isEqualTo("In euros.\nThree of them.");
        Await.until(LONG, () -> !Files.exists(home.rejected().resolve("more.task.md.reason.json")));
    }

    @Test
    void one_that_is_saved_again_just_as_it_was_is_said_too() throws Exception {
        memory.answer = new Replies.Answer.Refused("Task fix is running.");
        rejected("more.task.md", REPLY);
        memory.answer = new Replies.Answer.Said("Task fix goes on.");

        Path file = home.rejected().resolve("more.task.md");
        Files.writeString(file, REPLY);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));

        Await.until(LONG, () -> !Files.exists(file));
        assertThat(memory.said.get(memory.said.size() - 1).message()).isEqualTo("In euros.");
    }

    @Test
    void what_is_saved_while_the_file_is_being_said_is_not_put_away_unsaid() throws Exception {
        drop("more.task.md", REPLY);
        Path file = home.tasks().resolve("more.task.md");
        ReplyFiles files = new ReplyFiles(home, (id, message, source) -> {
            try {
                Files.writeString(file, REPLY + "Three of them.\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Replies.Answer.Said("Task fix goes on.");
        });
        byte[] content = Files.readAllBytes(file);
        TaskFileResult.Reply reply = new TaskFileResult.Reply(new TaskId("fix"), "In euros.", 2);

        assertThat(files.say(file, new TaskSource("more.task.md", Sha256.of(content), content.length), reply))
                .isEmpty();

        assertThat(file).content().contains("Three of them.");
    }

    @Test
    void one_that_comes_too_early_waits_where_it_is() throws Exception {
        memory.answer = new Replies.Answer.NotYet();
        drop("more.task.md", REPLY);
        start();
        Await.until(LONG, () -> !memory.said.isEmpty());
        assertThat(home.tasks().resolve("more.task.md")).exists();

        memory.answer = new Replies.Answer.Said("Task fix goes on.");

        awaitGone("more.task.md");
    }

    @Test
    void a_file_that_a_crash_left_is_said_as_the_same_one_and_another_one_is_not() throws Exception {
        drop("more.task.md", REPLY);
        start();
        awaitGone("more.task.md");
        Path put = in(home.processed()).get(0);
        Files.move(put, home.tasks().resolve("more.task.md"));
        awaitGone("more.task.md");
        Files.setLastModifiedTime(in(home.processed()).get(0), FileTime.fromMillis(1_700_000_000_000L));
        Files.move(in(home.processed()).get(0), home.tasks().resolve("more.task.md"));
        awaitGone("more.task.md");

        assertThat(memory.said).hasSize(3);
        assertThat(memory.said.get(1).source().isSame(memory.said.get(0).source()))
                .isTrue();
        assertThat(memory.said.get(2).source().isSame(memory.said.get(0).source()))
                .isFalse();
    }
}
