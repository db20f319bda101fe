package dev.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orchestrator.config.Home;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.StatsQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is promised about a home whatever happened to it: nothing lost, nothing torn, nothing done twice. */
final class Promises {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FaultRoot root;
    private final FaultScenario scenario;
    private final int startsBefore;
    /** Whether the end may have left a part of a write behind, or some files of a directory and not others. */
    private final boolean writesMayTear;

    private int moreStarts;
    private final Map<TaskId, byte[]> published = new HashMap<>();
    private final Set<TaskId> done = new HashSet<>();

    private Promises(FaultRoot root, FaultScenario scenario, int startsBefore, boolean writesMayTear) {
        this.writesMayTear = writesMayTear;
        this.root = root;
        this.scenario = scenario;
        this.startsBefore = startsBefore;
    }

    /** Remembers what is there, before anybody goes on from it. */
    static Promises about(FaultRoot root, FaultScenario scenario, boolean writesMayTear) throws IOException {
        Promises promises = new Promises(root, scenario, root.started().size(), writesMayTear);
        for (String name : scenario.tasks().keySet()) {
            promises.remember(new TaskId(name));
        }
        return promises;
    }

    /** For runs that are ended from outside: each is begun once more. */
    Promises withMoreStarts(int more) {
        moreStarts = more;
        return this;
    }

    private void remember(TaskId id) throws IOException {
        Path artifact = root.home().artifact(id);
        if (Files.exists(artifact)) {
            published.put(id, Files.readAllBytes(artifact));
        }
        for (Path stream : root.streams().toList()) {
            String text = Files.readString(stream, StandardCharsets.ISO_8859_1);
            boolean ofTask = stream.startsWith(root.home().runs(id));
            if (ofTask && text.contains("\"type\":\"result\"") && text.endsWith("\n") && text.indexOf('\0') < 0) {
                done.add(id);
            }
        }
    }

    /** Holds the home against them, now that a daemon has gone on from there to its end. */
    void hold() throws IOException {
        Home home = root.home();
        List<JsonNode> journal = SchemaCheck.files(home);
        for (String name : scenario.tasks().keySet()) {
            held(new TaskId(name), journal);
        }
        assertThat(names(home.results())).containsExactlyInAnyOrderElementsOf(results());
        assertThat(JSON.readTree(Files.readString(home.index())).toString())
                .contains(scenario.tasks().keySet());
        counted(home, journal);
        assertThat(names(home.processed())).hasSameSizeAs(scenario.tasks().keySet());
        assertThat(names(home.accepted())).isEmpty();
        assertThat(names(home.tasks())).noneMatch(name -> name.endsWith(".md"));
        rejected();
        nothingHalf(journal);
        starts(journal);
    }

    /** Each turn that is over counts once, and the file has all of them when the daemon has ended. */
    private static void counted(Home home, List<JsonNode> journal) throws IOException {
        long over = journal.stream()
                .filter(line -> line.path("event").asText().equals("task_finished"))
                .count();
        assertThat(new StatsQuery(home, Map.of(), Thread::new, TimeSource.system())
                        .report(null)
                        .all()
                        .turns()
                        .total())
                .as("turns that count")
                .isEqualTo(over);
        assertThat(Files.readAllLines(home.history()))
                .filteredOn(line -> line.contains("\"task_finished\""))
                .as("turns in the history")
                .hasSize((int) over);
    }

    private void held(TaskId id, List<JsonNode> journal) throws IOException {
        for (String event : List.of("task_accepted", "task_finished")) {
            assertThat(SchemaCheck.events(journal, id.value(), event))
                    .as("%s of %s", event, id)
                    .hasSize(1);
        }
        for (String event : List.of("artifact_written", "turn_finished")) {
            int times = SchemaCheck.events(journal, id.value(), event).size();
            // They share one write with the task's end, and only the last of them says that all are there.
            assertThat(times).as("%s of %s", event, id).isBetween(writesMayTear ? 0 : 1, writesMayTear ? 2 : 1);
        }
        Path artifact = root.home().artifact(id);
        assertThat(JSON.readTree(Files.readString(artifact)).path("status").asText())
                .as("status of %s in %s", id, Files.readString(artifact))
                .isEqualTo("succeeded");
        if (published.containsKey(id)) {
            assertThat(artifact).as("an artifact that was published").hasBinaryContent(published.get(id));
        }
        assertThat(root.home().summary(id)).isNotEmptyFile();
        assertThat(root.home().processed(id, TaskStatus.SUCCEEDED))
                .hasContent(scenario.tasks().get(id.value()));
    }

    private List<String> results() {
        Set<String> names = new HashSet<>(Set.of("index.json"));
        scenario.tasks().keySet().forEach(id -> names.add(id + ".json"));
        return List.copyOf(names);
    }

    private void rejected() throws IOException {
        for (Map.Entry<String, String> each : scenario.rejected().entrySet()) {
            Path file = root.home().rejected().resolve(each.getKey() + ".task.md");
            assertThat(file).hasContent(each.getValue());
            assertThat(root.home().reasonOf(file)).exists();
        }
        assertThat(names(root.home().rejected()))
                .hasSize(2 * scenario.rejected().size());
    }

    private void nothingHalf(List<JsonNode> journal) throws IOException {
        boolean repaired =
                journal.stream().anyMatch(line -> line.path("event").asText().equals("journal_repaired"));
        assertThat(FaultRoot.files(root.home().root()))
                .filteredOn(
                        file -> !writesMayTear || !file.startsWith(root.home().runs()))
                .extracting(Path::toString)
                .noneMatch(name -> name.endsWith(".tmp"))
                .noneMatch(name -> name.contains(".corrupt-") && !repaired);
    }

    /** Each start has its intent in the journal, and a run that came to its end has no successor. */
    private void starts(List<JsonNode> journal) throws IOException {
        List<String> started = root.started();
        Map<String, Integer> intents = new HashMap<>();
        Map<String, TaskId> tasks = new HashMap<>();
        for (JsonNode line : journal) {
            if (line.path("event").asText().equals("attempt_started")) {
                intents.merge(line.path("session_id").asText(), 1, Integer::sum);
                tasks.put(
                        line.path("session_id").asText(),
                        new TaskId(line.path("task_id").asText()));
            }
        }
        for (String session : new HashSet<>(started)) {
            assertThat((int) started.stream().filter(session::equals).count())
                    .as("starts of %s", session)
                    .isLessThanOrEqualTo(intents.getOrDefault(session, 0));
        }
        List<TaskId> again = started.subList(startsBefore, started.size()).stream()
                .map(tasks::get)
                .toList();
        assertThat(again).as("started again though their run had ended").noneMatch(done::contains);
        assertThat(again.size()).as("starts").isLessThanOrEqualTo(mostStarts());
    }

    private int mostStarts() {
        return scenario.tasks().size()
                + moreStarts
                + (startsBefore == 0 ? scenario.firstRun().starts() - 1 : 0);
    }

    private static List<String> names(Path directory) throws IOException {
        String[] names = directory
                .toFile()
                .list((parent, name) -> parent.toPath().resolve(name).toFile().isFile());
        return names == null ? List.of() : Arrays.asList(names);
    }
}
