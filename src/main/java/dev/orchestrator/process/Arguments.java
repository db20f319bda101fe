package dev.orchestrator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The arguments of another process. The JDK tells them only up to an empty one, and none when they are longer than a page of
 * memory, which those of a sandbox are; so on Linux they are read from where it has them, too.
 *
 * <pre>
 * /proc/4711/cmdline   claude\0-p\0--setting-sources\0\0--session-id\02a81fd68\0
 * </pre>
 */
final class Arguments {
    private Arguments() {}

    /** False when they cannot be read. */
    static boolean contain(ProcessHandle process, String argument) {
        return of(process).anyMatch(argument::equals) && process.isAlive();
    }

    private static Stream<String> of(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            // The first is the program.
            return Stream.of(new String(line, StandardCharsets.UTF_8).split("\0", -1))
                    .skip(1);
        } catch (IOException e) {
            // Another system, or it has ended.
            return process.info().arguments().stream().flatMap(Stream::of);
        }
    }
}
