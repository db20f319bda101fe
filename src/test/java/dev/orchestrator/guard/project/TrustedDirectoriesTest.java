package dev.orchestrator.guard.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedDirectoriesTest {
    @TempDir
    Path temp;

    private Path top;
    private Path file;
    private TrustedDirectories trusted;

    @BeforeEach
    void lay_out() throws IOException {
        top = temp.toRealPath();
        file = top.resolve("logs/trusted.json");
        trusted = new TrustedDirectories(file);
    }

    private TrustedDirectory directory(String name) throws Exception {
        Path directory = Files.createDirectories(top.resolve(name));
        Files.createDirectories(directory.resolve(".claude"));
        Files.writeString(directory.resolve(".claude/settings.json"), "{}");
        String hash = ProjectFiles.read(directory).sha256();
        return new TrustedDirectory(directory.toString(), hash, Instant.EPOCH);
    }

    @Test
    void the_innermost_counts_and_names_that_only_begin_alike_do_not() throws Exception {
        trusted.add(directory("a"));
        trusted.add(directory("a/b"));

        assertThat(trusted.around(top.resolve("a/b/c")).orElseThrow().path()).isEqualTo(top.resolve("a/b"));
        assertThat(trusted.around(top.resolve("a")).orElseThrow().path()).isEqualTo(top.resolve("a"));
        assertThat(trusted.around(top.resolve("ab"))).isEmpty();
        assertThat(trusted.around(top)).isEmpty();
    }

    @Test
    void one_is_there_once_and_can_be_removed() throws Exception {
        trusted.add(directory("a"));
        trusted.add(directory("a"));

        assertThat(trusted.all()).hasSize(1);
        assertThat(trusted.remove(top.resolve("a"))).isTrue();
        assertThat(trusted.remove(top.resolve("a"))).isFalse();
        assertThat(trusted.all()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "platform: files have other permissions there")
    void it_is_for_nobody_elses_eyes() throws Exception {
        trusted.add(directory("a"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"directories\":[null]}", "{\"directories\":[{\"sha256\":\"x\"}]}"})
    void a_damaged_file_trusts_nobody_and_says_what_to_do(String content) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);

        assertThatThrownBy(() -> trusted.all())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is damaged: remove it");
        assertThat(new ProjectTrust(trusted, top.resolve(".staging")).of(top, top))
                .isEqualTo(new Standing.Off());
    }

    @Test
    void what_is_trusted_counts_while_it_is_the_same() throws Exception {
        Path a = directory("a").path();
        ProjectTrust trust = new ProjectTrust(trusted, top.resolve(".staging"));
        List<Standing> standings = new ArrayList<>();

        standings.add(trust.of(a, a));
        trusted.add(directory("a"));
        standings.add(trust.of(a, a));
        Files.writeString(a.resolve(".mcp.json"), "{}");
        standings.add(trust.of(a, a));
        Files.delete(a.resolve(".mcp.json"));
        Files.delete(a.resolve(".claude/settings.json"));
        standings.add(trust.of(a, a));

        assertThat(standings.get(0)).isInstanceOf(Standing.Off.class);
        assertThat(standings.get(1)).isInstanceOf(Standing.Trusted.class);
        assertThat(standings.get(2)).isInstanceOf(Standing.Changed.class);
        assertThat(standings.get(3)).isInstanceOf(Standing.Changed.class);
    }

    @Test
    void a_copy_counts_when_all_that_it_has_is_the_same() throws Exception {
        trusted.add(directory("a"));
        Path original = Files.createDirectories(top.resolve("a/sub"));
        Path copy = Files.createDirectories(top.resolve(".staging/id/work/sub"));
        ProjectTrust trust = new ProjectTrust(trusted, top.resolve(".staging"));

        assertThat(trust.of(original, copy))
                .isInstanceOfSatisfying(
                        Standing.Trusted.class, found -> assertThat(found.top()).isEqualTo(copy.getParent()));

        Files.createDirectories(copy.resolveSibling(".claude"));
        Files.writeString(copy.resolveSibling(".claude/settings.json"), "{ }");
        assertThat(trust.of(original, copy)).isInstanceOf(Standing.Changed.class);

        // Of the copy of a directory further down the top is not there.
        assertThat(trust.of(original, copy.getParent())).isInstanceOf(Standing.Off.class);
    }
}
