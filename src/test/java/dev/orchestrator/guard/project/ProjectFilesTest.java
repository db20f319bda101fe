package dev.orchestrator.guard.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orchestrator.testkit.Links;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {
    @TempDir
    Path temp;

    private Path top;
    private Path claude;

    @BeforeEach
    void lay_out() throws IOException {
        top = temp.toRealPath();
        claude = Files.createDirectories(top.resolve(".claude"));
    }

    private String hash() throws Exception {
        return ProjectFiles.read(top).sha256();
    }

    private void refused(String why) {
        assertThatThrownBy(() -> ProjectFiles.read(top))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_repository_without_any_has_none() throws Exception {
        Files.writeString(top.resolve("README.md"), "x");

        assertThat(ProjectFiles.read(top).isEmpty()).isTrue();
        assertThat(ProjectFiles.read(top.resolve(".claude")).isEmpty()).isTrue();
    }

    @Test
    void the_hash_is_of_names_and_contents_and_of_nothing_else() throws Exception {
        Path script = Files.writeString(
                Files.createDirectories(claude.resolve("hooks")).resolve("a.sh"), "one");
        Files.writeString(top.resolve(".mcp.json"), "{}");
        String first = hash();

        Files.writeString(top.resolve("README.md"), "x");
        assertThat(hash()).isEqualTo(first);

        Files.writeString(script, "two");
        assertThat(hash()).isNotEqualTo(first);

        Files.writeString(script, "one");
        assertThat(hash()).isEqualTo(first);

        Files.move(script, script.resolveSibling("b.sh"));
        assertThat(hash()).isNotEqualTo(first);
    }

    @Test
    void what_one_file_has_is_not_taken_for_two() throws Exception {
        Files.writeString(claude.resolve("a"), "x");
        Files.writeString(claude.resolve("b"), "y");
        String first = hash();
        Files.writeString(claude.resolve("a"), "xy");
        Files.writeString(claude.resolve("b"), "");

        assertThat(hash()).isNotEqualTo(first);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: files have no such permission there")
    void a_script_that_becomes_a_program_is_another() throws Exception {
        Path script = Files.writeString(claude.resolve("a.sh"), "one");
        String first = hash();

        assertThat(script.toFile().setExecutable(true)).isTrue();

        assertThat(hash()).isNotEqualTo(first);
    }

    @Test
    void a_link_within_counts_with_what_it_leads_to() throws Exception {
        Path target = Files.writeString(claude.resolve("b.sh"), "one");
        Links.symbolic(claude.resolve("a.sh"), target);
        String first = hash();

        Files.writeString(target, "two");

        assertThat(hash()).isNotEqualTo(first);
    }

    /** Nobody keeps an agent from changing a file by its other name while the run goes on. */
    @Test
    void a_link_to_what_a_task_may_change_is_refused_but_for_what_is_read_once() throws Exception {
        Path elsewhere = Files.createDirectories(top.resolve("scripts"));
        Path link = Links.symbolic(claude.resolve("a.sh"), Files.writeString(elsewhere.resolve("a.sh"), "one"));
        refused(".claude/a.sh is a link to " + elsewhere.resolve("a.sh") + ", which a task may change");

        Files.delete(link);
        Files.deleteIfExists(top.resolve(".mcp.json"));
        Links.symbolic(top.resolve(".mcp.json"), Files.writeString(elsewhere.resolve("servers.json"), "{}"));
        assertThat(hash()).isNotEmpty();

        Path inner = Files.createDirectories(top.resolve("repository"));
        Links.symbolic(inner.resolve(".claude"), Files.createDirectories(inner.resolve("config")));
        assertThatThrownBy(() -> ProjectFiles.read(inner)).hasMessageContaining(".claude is a link to ");
    }

    @Test
    void a_link_that_leads_outside_or_nowhere_or_in_circles_is_refused() throws Exception {
        Path link =
                Links.symbolic(claude.resolve("a.sh"), Path.of("/etc/hostname").toAbsolutePath());
        assertThatThrownBy(() -> ProjectFiles.read(top)).isInstanceOf(Unusable.class);

        Files.delete(link);
        Links.symbolic(claude.resolve("a.sh"), top.resolve("gone"));
        refused(".claude/a.sh is a link that leads nowhere");

        Files.delete(link);
        Links.symbolic(claude.resolve("round"), claude);
        refused("levels");
    }

    @Test
    void links_in_the_place_of_the_files_themselves_are_no_way_outside() throws Exception {
        Path other = Files.createDirectories(top.resolve("other"));
        Files.writeString(other.resolve("servers.json"), "{}");
        Path inner = Files.createDirectories(top.resolve("repository"));
        Links.symbolic(inner.resolve(".mcp.json"), other.resolve("servers.json"));

        assertThatThrownBy(() -> ProjectFiles.read(inner))
                .hasMessageContaining(".mcp.json is a link that leads outside");

        Files.delete(inner.resolve(".mcp.json"));
        Links.symbolic(inner.resolve(".claude"), other);
        assertThatThrownBy(() -> ProjectFiles.read(inner)).hasMessageContaining(".claude is a link that leads outside");

        Path link = Links.symbolic(top.resolve("link"), inner);
        assertThatThrownBy(() -> ProjectFiles.read(link)).hasMessageContaining("a link leads to it");
    }

    @Test
    void too_many_too_large_and_too_deep_is_refused() throws Exception {
        try (RandomAccessFile large =
                new RandomAccessFile(claude.resolve("large").toFile(), "rw")) {
            large.setLength((8 << 20) + 1);
        }
        refused(".claude/large has more than 8 MiB");
        Files.delete(claude.resolve("large"));

        try (RandomAccessFile large =
                new RandomAccessFile(claude.resolve("settings.json").toFile(), "rw")) {
            large.setLength((1 << 20) + 1);
        }
        refused(".claude/settings.json has more than 1 MiB");
        Files.delete(claude.resolve("settings.json"));

        Path deep = Files.createDirectories(claude.resolve("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q"));
        refused("levels");
        Files.delete(deep);

        for (int i = 0; i < 2_000; i++) {
            Files.createFile(claude.resolve("f" + i));
        }
        refused("more than 2000 files");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: there are no such files there")
    void what_is_no_file_is_not_opened() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", claude.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        refused(".claude/pipe is neither a file nor a directory");
    }

    @Test
    void a_part_is_one_that_has_no_other_files() throws Exception {
        Files.writeString(claude.resolve("settings.json"), "{}");
        Files.writeString(claude.resolve("settings.local.json"), "{}");
        ProjectFiles whole = ProjectFiles.read(top);
        Files.delete(claude.resolve("settings.local.json"));

        assertThat(ProjectFiles.read(top).isPartOf(whole)).isTrue();

        Files.writeString(claude.resolve("settings.json"), "{ }");
        assertThat(ProjectFiles.read(top).isPartOf(whole)).isFalse();
    }
}
