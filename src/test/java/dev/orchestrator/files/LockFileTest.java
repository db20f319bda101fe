package dev.orchestrator.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    @TempDir
    Path directory;

    @Test
    void one_holder_at_a_time_and_the_next_after_it() throws Exception {
        Path file = directory.resolve("daemon.lock");
        try (LockFile first = LockFile.tryAcquire(file).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(LockFile.tryAcquire(file)).isEmpty();
            assertThat(elsewhere(file)).isEqualTo("held");
        }
        assertThat(elsewhere(file)).isEqualTo("free");
        Optional<LockFile> next = LockFile.tryAcquire(file);
        assertThat(next).isPresent();
        next.get().close();
    }

    /** Closing any channel of a file gives back all locks that the process has on it, whoever took them. */
    @Test
    void asking_again_in_this_process_does_not_give_the_lock_away() throws Exception {
        Path file = directory.resolve("daemon.lock");
        try (LockFile held = LockFile.tryAcquire(file).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(LockFile.tryAcquire(directory.resolve("./daemon.lock"))).isEmpty();
            assertThat(elsewhere(file)).isEqualTo("held");
        }
    }

    @Test
    void the_lock_of_another_process_is_respected_and_falls_with_it() throws Exception {
        Path file = directory.resolve("daemon.lock");
        Process other = start(file, "hold");
        try {
            assertThat(firstLine(other)).isEqualTo("free");
            assertThat(LockFile.tryAcquire(file)).isEmpty();
        } finally {
            other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        Optional<LockFile> next = LockFile.tryAcquire(file);
        assertThat(next).isPresent();
        next.get().close();
    }

    private static String elsewhere(Path file) throws Exception {
        Process other = start(file, "look");
        String answer = firstLine(other);
        other.waitFor(30, TimeUnit.SECONDS);
        return answer;
    }

    private static Process start(Path file, String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    /** The other process: says whether it got the lock, and with {@code hold} keeps it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            Optional<LockFile> lock = LockFile.tryAcquire(Path.of(args[0]));
            System.out.println(lock.isPresent() ? "free" : "held");
            System.out.flush();
            if (args[1].equals("hold")) {
                System.in.read();
            }
        }
    }
}
