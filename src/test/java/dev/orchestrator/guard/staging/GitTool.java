package dev.orchestrator.guard.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real git, without the settings of whoever runs the tests. Skipped aloud where there is none. */
final class GitTool {
    private final Path directory;

    GitTool(Path directory) {
        this.directory = directory;
    }

    static void need() {
        try {
            new GitTool(Path.of(".")).run("--version");
        } catch (IOException | InterruptedException e) {
            if (System.getenv("CI") != null) {
                fail("git is missing", e);
            }
            assumeTrue(false, "no git here");
        }
    }

    /** What it printed; fails when it fails. */
    String run(String... arguments) throws IOException, InterruptedException {
        Result result = ask(arguments);
        assertThat(result.code())
                .as("git %s: %s", List.of(arguments), result.output())
                .isZero();
        return result.output();
    }

    record Result(int code, String output) {}

    Result ask(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CEILING_DIRECTORIES", String.valueOf(directory.getParent()));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
