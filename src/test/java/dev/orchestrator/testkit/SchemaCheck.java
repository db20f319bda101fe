package dev.orchestrator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.orchestrator.config.Home;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds a home against what is promised about its files: each is valid by its schema, the journal has no gap, and every task
 * that was accepted has one artifact, announced once.
 *
 * <p>{@code SchemaCheck.of(home)} at the end of a test, with no daemon running.
 */
public final class SchemaCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMAS = Path.of("docs", "schema");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema ARTIFACT = schema("artifact");
    private static final Schema EVENT = schema("event");
    private static final Schema STATE = schema("state");
    private static final Schema INDEX = schema("index");
    private static final Schema REASON = schema("reason");
    private static final Schema DAEMON = schema("daemon");
    private static final Schema HISTORY = schema("history");
    private static final Schema TRUSTED = schema("trusted");
    private static final Schema TOMBSTONE = schema("tombstone");
    private static final List<String> KNOWN = known();

    private SchemaCheck() {}

    /**
     * All of it, for a home in which nothing waits any more.
     *
     * @return the journal, line by line
     */
    public static List<JsonNode> of(Path root) throws IOException {
        Home home = new Home(root);
        List<JsonNode> journal = files(home);
        List<String> accepted = ids(journal, "task_accepted");
        assertThat(ids(journal, "artifact_written"))
                .as("artifacts that the journal announces")
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(artifacts(home).stream().map(SchemaCheck::stem).toList())
                .as("artifacts on disk")
                .containsExactlyInAnyOrderElementsOf(accepted);
        return journal;
    }

    /** Those of all artifacts that were removed. */
    public static List<JsonNode> tombstones(Home home) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        if (Files.exists(home.removed())) {
            try (Stream<Path> files = Files.list(home.removed())) {
                for (Path file : files.sorted().toList()) {
                    for (String line : Files.readAllLines(file)) {
                        valid(TOMBSTONE, parse(line), line);
                        all.add(parse(line));
                    }
                }
            }
        }
        return all;
    }

    /** The files that are there, each by itself; for a home whose tasks are not all done. Answers the journal. */
    public static List<JsonNode> files(Home home) throws IOException {
        for (Path artifact : artifacts(home)) {
            valid(ARTIFACT, parse(Files.readString(artifact)), artifact.toString());
        }
        if (Files.exists(home.index())) {
            valid(INDEX, parse(Files.readString(home.index())), "index.json");
        }
        if (Files.exists(home.state())) {
            JsonNode state = parse(Files.readString(home.state()));
            valid(STATE, state, "state.json");
            assertThat(state.at("/totals/impossible_transitions").asInt())
                    .as("impossible transitions")
                    .isZero();
        }
        if (Files.exists(home.daemonInfo())) {
            valid(DAEMON, parse(Files.readString(home.daemonInfo())), "daemon.json");
        }
        if (Files.exists(home.history())) {
            for (String line : Files.readAllLines(home.history())) {
                valid(HISTORY, parse(line), line);
            }
        }
        if (Files.exists(home.trusted())) {
            valid(TRUSTED, parse(Files.readString(home.trusted())), "trusted.json");
        }
        tombstones(home);
        for (Path reason : reasons(home)) {
            valid(REASON, parse(Files.readString(reason)), reason.toString());
        }
        return journal(home);
    }

    /** Every line of the journal of {@code home}, valid and numbered without a gap but where a repair left lines out. */
    public static List<JsonNode> journal(Home home) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        long[] last = new long[1];
        boolean[] gap = new boolean[1];
        new JournalReader(home.journal()).read(JournalPosition.START, (line, after) -> {
            JsonNode event = parse(line);
            valid(EVENT, event, line);
            assertThat(KNOWN.contains(event.path("event").asText()))
                    .as("the schema knows %s", line)
                    .isTrue();
            long seq = event.path("seq").asLong();
            assertThat(seq).as("number of %s", line).isGreaterThan(last[0]);
            gap[0] |= seq != last[0] + 1;
            last[0] = seq;
            lines.add(event);
        });
        assertThat(gap[0] && !leavesLinesOut(lines))
                .as("a gap in the numbers that no repair explains")
                .isFalse();
        return lines;
    }

    private static boolean leavesLinesOut(List<JsonNode> journal) {
        return journal.stream()
                .filter(line -> line.path("event").asText().equals("journal_repaired"))
                .anyMatch(line -> line.path("problem").asText().equals("damaged lines left out"));
    }

    /** The lines about {@code task} with this name. */
    public static List<JsonNode> events(List<JsonNode> journal, String task, String name) {
        return journal.stream()
                .filter(line -> line.path("event").asText().equals(name))
                .filter(line -> line.path("task_id").asText().equals(task))
                .toList();
    }

    public static List<String> problems(String schema, JsonNode node) {
        Schema chosen = schema(schema);
        return chosen.validate(node).stream().map(Object::toString).toList();
    }

    private static List<String> known() {
        List<String> names = new ArrayList<>();
        read("event").at("/anyOf/0/properties/event/enum").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static void valid(Schema schema, JsonNode node, String what) {
        assertThat(schema.validate(node)).as(what).isEmpty();
    }

    private static List<String> ids(List<JsonNode> journal, String event) {
        return journal.stream()
                .filter(line -> line.path("event").asText().equals(event))
                .map(line -> line.path("task_id").asText())
                .toList();
    }

    private static List<Path> artifacts(Home home) throws IOException {
        if (!Files.exists(home.results())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.results())) {
            return files.filter(file ->
                            !file.equals(home.index()) && !file.toString().endsWith(".patch"))
                    .toList();
        }
    }

    private static List<Path> reasons(Home home) throws IOException {
        if (!Files.exists(home.rejected())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.rejected())) {
            return files.filter(file -> file.toString().endsWith(".reason.json"))
                    .toList();
        }
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    }

    static JsonNode read(String schema) {
        try {
            return parse(Files.readString(SCHEMAS.resolve(schema + ".schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema(String name) {
        return REGISTRY.getSchema(read(name));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }
}
