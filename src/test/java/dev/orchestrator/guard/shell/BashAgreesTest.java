package dev.orchestrator.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the real bash what it runs. {@code -Dbash.seed=N} makes the same scripts again, {@code -Dbash.scripts=N} more of them.
 */
class BashAgreesTest {
    /** Nothing of this can become the name of a program or of a builtin, a path, or a variable. */
    private static final List<String> PIECES = List.of(
            "probe ",
            "probe ",
            "probe ",
            "probe",
            " ",
            " ",
            " ",
            "\t",
            "\n",
            "a",
            "b",
            "ab",
            "1",
            "2",
            "1",
            "'",
            "'",
            "\"",
            "\"",
            "\\",
            "\\",
            "\\\n",
            ";",
            "&",
            "|",
            "&&",
            "||",
            "|&",
            ">",
            ">>",
            "<",
            "<>",
            ">|",
            "&>",
            ">&",
            "2>&1",
            "2>",
            "#",
            "~",
            "=",
            "*",
            "?",
            "[",
            "]",
            "{",
            "}",
            ",",
            "!",
            ":",
            "%",
            "^",
            "-",
            "ä",
            "'a b'",
            "\"a\\\"b\"",
            "\" ; probe '\"",
            "; probe ",
            "| probe ",
            "&& probe ",
            " >a",
            " 2>b",
            " 'b'",
            "\\ ",
            "\\;");

    /** What needs a dollar sign, by hand. */
    private static final List<String> WITH_DOLLARS = List.of(
            "probe $",
            "probe a$ b",
            "probe a$;probe b",
            "probe \"a$\" \"$ b\" \"$|\"",
            "probe \"$\"a",
            "probe \\$a \"\\$a\" '$a'",
            "probe \"\\$(probe b)\" '$(probe b)' '`probe b`' \"\\`probe b\\`\" \\`",
            "probe a $b c",
            "probe \"${b}\" c",
            "probe '$'a \"$\"'(probe b)'");

    private final long seed = Long.getLong("bash.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void bash() throws IOException, InterruptedException {
        Bash.require();
        directory = Files.createDirectory(temp.resolve("empty"));
    }

    @Test
    void of_a_line_that_is_understood_bash_runs_what_was_seen_and_nothing_else() throws Exception {
        int tried = Integer.getInteger("bash.scripts", 20_000);
        List<String> scripts = Stream.generate(this::script)
                .limit(tried)
                .filter(script -> ShellScript.parse(script) instanceof ShellScript.Commands)
                .toList();

        assertThat(scripts).as("understood, seed %d", seed).hasSizeGreaterThan(tried / 10);
        assertBashAgrees(scripts);
    }

    @Test
    void dollar_signs_that_are_understood_run_nothing() throws Exception {
        assertBashAgrees(WITH_DOLLARS);
    }

    private String script() {
        StringBuilder script = new StringBuilder("probe ");
        for (int i = random.nextInt(12); i > 0; i--) {
            script.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return script.toString();
    }

    private void assertBashAgrees(List<String> scripts) throws Exception {
        List<List<List<String>>> ran = Bash.run(scripts, directory, temp.resolve("records"));

        assertThat(ran).as("scripts that came to their end, seed %d", seed).hasSameSizeAs(scripts);
        Set<String> targets = new HashSet<>();
        for (int i = 0; i < scripts.size(); i++) {
            List<SimpleCommand> seen = Scripts.commands(scripts.get(i));
            assertSame(scripts.get(i), seen, ran.get(i));
            seen.forEach(command -> command.redirections().stream()
                    .filter(Redirection::writes)
                    .forEach(file -> targets.add(file.target())));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("files that were made, seed %d", seed)
                    .isSubsetOf(targets);
        }
    }

    private void assertSame(String script, List<SimpleCommand> seen, List<List<String>> ran) {
        List<SimpleCommand> left = new ArrayList<>(seen);
        left.sort(Comparator.comparing(SimpleCommand::isKnown)
                .thenComparing(command -> command.known())
                .reversed());
        for (List<String> words : ran) {
            SimpleCommand same = left.stream()
                    .filter(command -> isSame(command, words))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "seed %d: of\n%s\nbash ran %s, seen were only %s".formatted(seed, script, words, seen)));
            left.remove(same);
        }
        // What fails keeps others from running: a file that is not there, and a success in front of ||.
        if (Stream.of("||", "<", ">").noneMatch(script.replace("\\\n", "")::contains)) {
            assertThat(left)
                    .as("seed %d: of\n%s\nseen but not run", seed, script)
                    .isEmpty();
        }
    }

    private static boolean isSame(SimpleCommand command, List<String> words) {
        return command.isKnown()
                ? command.words().equals(words)
                : words.size() >= command.known()
                        && words.subList(0, command.known()).equals(command.knownWords());
    }
}
