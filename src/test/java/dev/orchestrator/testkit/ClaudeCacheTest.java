package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class ClaudeCacheTest {
    @TempDir
    Path root;

    @Test
    void an_installation_is_made_once_and_found_again() throws IOException {
        FakeInstaller installer = new FakeInstaller(root.resolve("made.log"));
        ClaudeCache cache = new ClaudeCache(root.resolve("cache"), installer, "1.0");

        assertThat(cache.binary()).isEqualTo(cache.binary());
        assertThat(cache.binary()).isInstanceOf(ClaudeCache.Result.Ready.class);
        assertThat(installer.made()).isEqualTo(1);
    }

    @Test
    void concurrent_jvms_install_once() throws Exception {
        List<Process> jvms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jvms.add(anotherJvm(root));
        }
        for (Process jvm : jvms) {
            assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.exitValue()).isZero();
        }
        assertThat(new FakeInstaller(root.resolve("made.log")).made()).isEqualTo(1);
    }

    @Test
    void a_failed_installation_leaves_nothing_behind() throws IOException {
        ClaudeCache.Result result = new ClaudeCache(root, failing(), "1.0").binary();

        assertThat(result).isEqualTo(new ClaudeCache.Result.Unavailable("npm is not there"));
        assertThat(root.resolve("claude-1.0")).doesNotExist();
        assertThat(names(root)).containsExactly("claude-1.0.lock");
    }

    @Test
    void what_a_killed_installation_left_is_not_used_and_removed() throws IOException {
        Files.createDirectories(root.resolve("claude-1.0.tmp-dead"));
        Files.writeString(root.resolve("claude-1.0.tmp-dead").resolve("binary"), "half");

        new ClaudeCache(root, new FakeInstaller(root.resolve("made.log")), "1.0").binary();

        assertThat(names(root)).containsExactlyInAnyOrder("claude-1.0", "claude-1.0.lock", "made.log");
    }

    @Test
    void without_npm_the_reason_is_told() {
        ClaudeCache.Result result = new ClaudeCache(root, new NpmInstaller("no-such-npm", "1.0"), "1.0").binary();

        assertThat(result).isInstanceOf(ClaudeCache.Result.Unavailable.class);
        assertThat(((ClaudeCache.Result.Unavailable) result).reason()).contains("no-such-npm");
    }

    @Test
    void a_missing_cli_skips_the_test_on_a_laptop_and_fails_it_in_ci() {
        ClaudeCache.Result missing = new ClaudeCache.Result.Unavailable("(a test of this message)");

        assertThatThrownBy(() -> RealClaude.require(missing, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("(a test of this message)");
        assertThatThrownBy(() -> RealClaude.require(missing, true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Install Node.js");
    }

    private static Process anotherJvm(Path root) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Installs.class.getName(), root.toString())
                .inheritIO()
                .start();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static ClaudeCache.Installer failing() {
        return new ClaudeCache.Installer() {
            @Override
            public void install(Path directory) throws IOException {
                Files.writeString(directory.resolve("binary"), "half");
                throw new IOException("npm is not there");
            }

            @Override
            public Optional<Path> binary(Path directory) {
                return Optional.of(directory.resolve("binary"));
            }
        };
    }

    /** Main class of the other JVMs. */
    static final class Installs {
        public static void main(String[] args) {
            Path root = Path.of(args[0]);
            ClaudeCache.Result result =
                    new ClaudeCache(root.resolve("cache"), new FakeInstaller(root.resolve("made.log")), "1.0").binary();
            Runtime.getRuntime().halt(result instanceof ClaudeCache.Result.Ready ? 0 : 1);
        }
    }

    /** Writes a line per installation to a log that other JVMs share. */
    private record FakeInstaller(Path log) implements ClaudeCache.Installer {
        private static final AtomicInteger NUMBER = new AtomicInteger();

        @Override
        public void install(Path directory) throws IOException {
            String line = ProcessHandle.current().pid() + " " + NUMBER.incrementAndGet() + "\n";
            Files.writeString(directory.resolve("binary"), line);
            Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        @Override
        public Optional<Path> binary(Path directory) {
            return Optional.of(directory.resolve("binary")).filter(Files::exists);
        }

        int made() throws IOException {
            return Files.readAllLines(log).size();
        }
    }
}
