package dev.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** To renew the pages: {@code mvn test -Dtest=ManPagesTest -Ddocs.update=true} */
class ManPagesTest {
    private static final Path PAGES = Path.of("docs", "man");

    @Test
    void there_is_a_page_of_each_command_that_says_what_the_command_says() throws IOException {
        Map<String, String> pages = pages();
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(PAGES);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(PAGES.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
            }
        }
        assertThat(pages).hasSizeGreaterThan(25);
        assertThat(written())
                .as("renew them with: mvn test -Dtest=ManPagesTest -Ddocs.update=true")
                .isEqualTo(pages);
    }

    private static Map<String, String> pages() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        DaemonRunner noDaemon = (request, listener) -> {
            throw new AssertionError("nothing is run here");
        };
        CommandLine all = new Cli(Map.of(), nowhere, nowhere, noDaemon, Thread::new).everything();
        Map<String, String> pages = new TreeMap<>();
        put(pages, all.getCommandSpec());
        all.getSubcommands().values().forEach(command -> put(pages, command.getCommandSpec()));
        return pages;
    }

    private static void put(Map<String, String> pages, CommandSpec command) {
        StringWriter page = new StringWriter();
        PrintWriter out = new PrintWriter(page);
        ManPageGenerator.writeSingleManPage(out, command);
        out.flush();
        pages.put(command.qualifiedName("-") + ".adoc", page.toString().replace("\r\n", "\n"));
    }

    private static Map<String, String> written() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return new TreeMap<>(
                    files.collect(Collectors.toMap(file -> file.getFileName().toString(), ManPagesTest::read)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
