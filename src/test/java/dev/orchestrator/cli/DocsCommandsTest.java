package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line that a page shows is understood, and is run unless it would never end. */
@Timeout(120)
class DocsCommandsTest {
    /** {@code orchestrator status}, {@code java -jar ~/bin/orchestrator.jar status}, in a line or between backticks. */
    private static final Pattern CALL = Pattern.compile(
            "(?:^|[`$>(/ ])(?:\\S*orchestrator\\.jar|orchestrator) ((?:--home \\S+ )?[a-z][a-z-]+\\b[^`]*)");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    /** What a shell takes for its own. */
    private static final Pattern END = Pattern.compile("\\s(?:#|[|>&;<]).*|[)|;&].*$");

    private static final Set<String> ENDLESS = Set.of("run", "demo", "top");
    private static final Set<String> ENDLESS_OPTIONS = Set.of("-f", "--follow", "--watch");

    static Set<String> calls() throws IOException {
        Set<String> calls = new LinkedHashSet<>();
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            for (Path page : Stream.concat(Stream.of(Path.of("README.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()) {
                calls.addAll(calls(Files.readString(page, StandardCharsets.UTF_8)));
            }
        }
        return calls;
    }

    private static List<String> calls(String page) {
        List<String> calls = new ArrayList<>();
        boolean code = false;
        for (String line : page.lines().toList()) {
            if (line.startsWith("```")) {
                code = !code;
            } else if (code) {
                Matcher call = CALL.matcher(line);
                if (call.find()) {
                    calls.add(call.group(1));
                }
            } else {
                Matcher span =
                        Pattern.compile("`((?:java|orchestrator) [^`]+)`").matcher(line);
                while (span.find()) {
                    Matcher call = CALL.matcher(span.group(1));
                    if (call.find()) {
                        calls.add(call.group(1));
                    }
                }
            }
        }
        return calls;
    }

    private static List<String> words(String call) {
        List<String> words = new ArrayList<>();
        // Of a call within quotes, the last one is not its own.
        boolean odd = call.chars().filter(c -> c == '"').count() % 2 == 1;
        String own = odd ? call.substring(0, call.lastIndexOf('"')) : call;
        Matcher word = WORD.matcher(END.matcher(own).replaceFirst(""));
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    @TempDir
    Path root;

    @ParameterizedTest
    @MethodSource("calls")
    void what_a_page_shows_is_a_command_and_does_something(String call) throws IOException {
        List<String> words = new ArrayList<>(words(call));
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        DaemonRunner noDaemon = (request, listener) -> {
            throw new AssertionError("nothing is run here");
        };
        // Fails for what is no command, no option of it, or too little.
        new Cli(Map.of(), nowhere, nowhere, noDaemon, Thread::new)
                .everything()
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words.toArray(new String[0]));
        boolean endless = words.stream().anyMatch(word -> ENDLESS.contains(word) || ENDLESS_OPTIONS.contains(word));
        if (!endless) {
            run(words);
        }
    }

    /** There is no daemon, so what is for one is handed in and says so. */
    private void run(List<String> words) throws IOException {
        Path directory = Files.createDirectory(root.resolve("shop"));
        Path file = Files.writeString(root.resolve("first.task.md"), "Fix the login.\n", StandardCharsets.UTF_8);
        Path home = Files.createDirectory(root.resolve("home"));
        try (CliHome written = new CliHome(home, 1 << 20)) {
            written.accept("fix-login");
            written.finish("fix-login");
            written.publish("fix-login", 1);
            written.summary("fix-login", "It is done.\n");
            written.saveState();
        }
        List<String> args = words.stream()
                .map(word -> switch (word) {
                    case "ID" -> "fix-login";
                    case "DIR", "~/shop" -> directory.toString();
                    case "first.task.md" -> file.toString();
                    default -> word;
                })
                .toList();

        CliHome.Result result = CliHome.run(home, args.toArray(new String[0]));

        assertThat(result.code()).as(result.toString()).isIn(0, 1, 4);
        // Where there is no such event, there is nothing to say.
        assertThat(result.out() + result.err())
                .as(String.join(" ", args))
                .matches(text -> !text.isBlank() || args.contains("tail-events"));
        assertThat(result.err()).doesNotContain("Exception");
    }

    @Test
    void there_are_such_lines_on_the_pages() throws IOException {
        System.out.println(calls().size() + " different command lines on the pages");
        assertThat(calls())
                .hasSizeGreaterThan(40)
                .contains(
                        "doctor",
                        "status --watch",
                        "trust ~/shop --yes     # from now on it counts for tasks in ~/shop");
        assertThat(words("reject fix-login --reason \"not like this\"  # why"))
                .containsExactly("reject", "fix-login", "--reason", "not like this");
        assertThat(words("completion)")).containsExactly("completion");
    }
}
