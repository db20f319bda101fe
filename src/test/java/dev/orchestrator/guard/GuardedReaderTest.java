package dev.orchestrator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orchestrator.guard.GuardedReader.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedReaderTest {
    private Path work;
    private Path own;
    private GuardedReader reader;

    @BeforeEach
    void lay_out(@TempDir Path temp) throws IOException {
        Path real = temp.toRealPath();
        work = Files.createDirectory(real.resolve("work"));
        own = Files.createDirectory(real.resolve("own"));
        Files.writeString(real.resolve("outside.txt"), "outside");
        SecretFiles secrets = new SecretFiles(SecretFiles.USUAL);
        reader = new GuardedReader(() -> new OwnFiles(List.of(), List.of(own), false), () -> secrets);
    }

    private Result read(String target) {
        return reader.read(work, List.of(work), target, 100);
    }

    @Test
    void a_file_is_read_to_its_end_or_as_far_as_wanted() throws IOException {
        Files.writeString(work.resolve("short.txt"), "Grüße");
        Files.writeString(work.resolve("long.txt"), "word ".repeat(30));

        assertThat(read("short.txt")).isEqualTo(new Result.Text("Grüße", true));
        assertThat(read("long.txt"))
                .isEqualTo(new Result.Text("word ".repeat(19).strip() + " word", false));
    }

    /** Half a secret is not known for one. */
    @Test
    void what_is_cut_is_cut_between_words() throws IOException {
        Files.writeString(work.resolve("key.txt"), "a".repeat(90) + " " + "secret".repeat(10));

        assertThat(read("key.txt")).isEqualTo(new Result.Text("a".repeat(90) + " ", false));
    }

    @Test
    void of_a_directory_the_names_are_read() throws IOException {
        Files.createDirectory(work.resolve("src"));
        Files.writeString(work.resolve("a.txt"), "a");

        assertThat(read(".")).isEqualTo(new Result.Text("a.txt\nsrc/", true));
    }

    @Test
    void of_a_large_directory_the_first_ones() throws IOException {
        for (int i = 0; i < 201; i++) {
            Files.createFile(work.resolve("f%03d".formatted(i)));
        }

        Result.Text names = (Result.Text) read(".");

        assertThat(names.whole()).isFalse();
        assertThat(names.text().lines()).hasSize(200).startsWith("f000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.txt",
                "/etc/passwd",
                ".env",
                "sub/../../outside.txt",
                "~/x",
                " a",
                "../own/state.json"
            })
    void what_no_agent_may_read_nobody_reads(String target) throws IOException {
        Files.writeString(work.resolve(".env"), "PASSWORD=x");
        Files.writeString(own.resolve("state.json"), "{}");

        assertThat(read(target)).isInstanceOf(Result.Refused.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_link_counts_as_what_it_leads_to() throws IOException {
        Files.createSymbolicLink(work.resolve("out"), work.resolveSibling("outside.txt"));
        Files.createSymbolicLink(work.resolve("in"), work.resolve("a.txt"));
        Files.writeString(work.resolve("a.txt"), "a");

        assertThat(read("out")).isInstanceOf(Result.Refused.class);
        assertThat(read("in")).isEqualTo(new Result.Text("a", true));
    }

    /** The link would lead the reader to its own memory and secrets, and no agent to its own. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void what_is_another_thing_for_each_who_asks_is_not_read_by_a_link_either() throws IOException {
        Files.createSymbolicLink(work.resolve("me"), Path.of("/proc/self"));

        assertThat(reader.read(work, List.of(Path.of("/")), "me/environ", 100)).isInstanceOf(Result.Refused.class);
    }

    @Test
    void what_is_not_there_or_no_text_is_said() throws IOException {
        Files.write(work.resolve("image"), new byte[] {1, 0, 2});

        assertThat(read("none")).isEqualTo(new Result.Nothing("there is no such file"));
        assertThat(read("image")).isEqualTo(new Result.Nothing("it is no text"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_pipe_is_not_waited_for() throws Exception {
        new ProcessBuilder("mkfifo", work.resolve("pipe").toString()).start().waitFor();

        assertThat(read("pipe")).isEqualTo(new Result.Nothing("it is no file"));
    }
}
