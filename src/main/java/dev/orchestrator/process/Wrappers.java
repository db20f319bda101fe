package dev.orchestrator.process;

import java.nio.file.Path;

/**
 * Processes that only hold another one, in a namespace. One that is asked to end does so and passes nothing on: the exit code
 * would be lost, and what it holds would go on. So only those in it are asked, and it ends with them. Killing the first
 * process in the namespace ends all in it, also those that belong to nothing and nobody; it is one of these, too.
 */
final class Wrappers {
    private static final Path BUBBLEWRAP = Path.of("bwrap");

    private Wrappers() {}

    static boolean isOne(ProcessHandle process) {
        return process.info()
                .command()
                .map(Path::of)
                .filter(program -> BUBBLEWRAP.equals(program.getFileName()))
                .isPresent();
    }
}
