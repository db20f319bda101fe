package dev.orchestrator.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The real bash, for scripts that can do no harm: {@code probe} is a function that records its words, no other program can
 * be found, and a name that is not found is recorded too.
 */
final class Bash {
    /**
     * Records are texts that end with a zero: how many words, then the words. One without words ends a script. Bash writes out
     * what it prints at each line break; in a pipeline that would mix the records, so line breaks get another sign.
     */
    private static final String HARNESS = """
            PATH=/nowhere
            record() { printf '%s\\0' "$#" "${@//$'\\n'/$'\\1'}" >&3; }
            probe() { record probe "$@"; }
            command_not_found_handle() { record "$@"; }
            while IFS= read -r -d '' script <&4; do eval "$script"; wait; record; done
            """;

    private Bash() {}

    /** Ends the test as skipped where there is no bash to be asked; with {@code CI=true} there has to be one. */
    static void require() throws IOException, InterruptedException {
        Assumptions.assumeFalse(
                System.getProperty("os.name").startsWith("Windows"), "platform: bash is asked on Unix only");
        String version = version();
        if (version.isEmpty()) {
            String message = "The test against the real bash did not run: there is no bash on the PATH";
            assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
            System.err.println("SKIPPED: " + message);
            Assumptions.abort(message);
        }
        Assumptions.assumeFalse(version.startsWith("3"), "platform: bash " + version + " knows no |& and no &>>");
    }

    private static String version() throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("bash", "--noprofile", "--norc", "-c", "echo $BASH_VERSION").start();
        } catch (IOException e) {
            return "";
        }
        String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? version : "";
    }

    /** For each script the commands that bash ran, each as its words, in any order. It runs in {@code directory}. */
    static List<List<List<String>>> run(List<String> scripts, Path directory, Path records)
            throws IOException, InterruptedException {
        Path input = Files.writeString(records.resolveSibling("scripts"), String.join("\0", scripts) + "\0");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "--noprofile",
                        "--norc",
                        "-c",
                        "exec 3>>\"$1\" 4<\"$2\"\n" + HARNESS,
                        "bash",
                        records.toString(),
                        input.toString())
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("bash did not end");
        }
        return read(Files.readString(records));
    }

    private static List<List<List<String>>> read(String records) {
        List<List<List<String>>> scripts = new ArrayList<>();
        List<List<String>> commands = new ArrayList<>();
        Iterator<String> texts = Arrays.asList(records.split("\0", -1)).iterator();
        for (String count = texts.next(); !count.isEmpty(); count = texts.next()) {
            List<String> words = new ArrayList<>();
            for (int i = Integer.parseInt(count); i > 0; i--) {
                words.add(texts.next().replace('\1', '\n'));
            }
            if (words.isEmpty()) {
                scripts.add(commands);
                commands = new ArrayList<>();
            } else {
                commands.add(words);
            }
        }
        return scripts;
    }
}
