package dev.orchestrator.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Home;
import dev.orchestrator.json.Damage;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.state.StateFile;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the files of a home against their schemas. Only reads; while a daemon runs each file is seen as it was at one
 * moment, since files are replaced whole.
 */
public final class FileCheck {
    private static final String JSON = ".json";
    private static final String REASON = ".reason.json";
    private static final String FIRST_LINE = "line 1, ";
    private static final int MOST_LINES = 20;
    private static final String LACKS_BASE =
            "`prune` writes it anew, and so does a daemon within the hour: without it, all sums hang on state.json.";

    private final Home home;
    private final Schemas schemas;

    public FileCheck(Home home, Schemas schemas) {
        this.home = home;
        this.schemas = schemas;
    }

    /**
     * One file.
     *
     * @param file relative to the home
     * @param problems none when it is as it should be
     * @param remedy what to do about them; empty when there are none
     */
    public record Result(String file, List<String> problems, String remedy) {
        public Result {
            problems = List.copyOf(problems);
        }

        /** @param remedy for when there are problems */
        static Result of(String file, List<String> problems, String remedy) {
            return new Result(file, problems, problems.isEmpty() ? "" : remedy);
        }

        public boolean valid() {
            return problems.isEmpty();
        }
    }

    /** Told of every file, as soon as it is looked at. */
    @FunctionalInterface
    public interface Listener {
        void checked(Result result);
    }

    /** Every file that has a schema, as far as it is there. */
    public void all(Listener listener) throws IOException {
        for (Path file : artifacts()) {
            one(file, "artifact", listener);
        }
        for (Path file : jsonFiles(home.rejected(), REASON)) {
            one(file, "reason", listener);
        }
        // Before the journal, which may go on meanwhile.
        Path base = StateFile.baseOf(home.state());
        long known = Stream.of(home.state(), base, home.index())
                .mapToLong(FileCheck::lastKnown)
                .max()
                .orElse(0);
        one(home.index(), "index", listener);
        lost(listener);
        one(home.state(), "state", listener);
        base(base, listener);
        one(home.daemonInfo(), "daemon", listener);
        one(home.telegram(), "telegram", listener);
        history(listener);
        new JournalCheck(home, schemas).all(known, listener);
    }

    private void base(Path base, Listener listener) throws IOException {
        one(base, "state", "state-base", listener);
        if (new StateFile(home.state(), home.journal()).lacksBase()) {
            listener.checked(Result.of(
                    home.relative(base),
                    List.of("it is not there, and segments of the journal were removed"),
                    LACKS_BASE));
        }
    }

    /** What a file is about. */
    private record Named(@Nullable String taskId) {}

    private static Optional<String> taskIn(String artifact) throws IOException {
        return Optional.ofNullable(Records.read(artifact, Named.class).taskId());
    }

    /** A file that was made from the journal up to an event. */
    private record Derived(long seq) {}

    private static long lastKnown(Path derived) {
        try {
            return Records.read(Files.readAllBytes(derived), Derived.class).seq();
        } catch (IOException | RuntimeException e) {
            // Not there, or damaged, which is said where it is held against its schema.
            return 0;
        }
    }

    /** The artifacts of {@code id}, of all turns; answers false when there is none. */
    public boolean task(TaskId id, Listener listener) throws IOException {
        boolean any = false;
        for (Path file : artifacts()) {
            if (taskOf(file).equals(id.value())) {
                one(file, "artifact", listener);
                any = true;
            }
        }
        return any;
    }

    private void one(Path file, String schema, Listener listener) throws IOException {
        one(file, schema, schema, listener);
    }

    /** @param kind what the remedy is for */
    private void one(Path file, String schema, String kind, Listener listener) throws IOException {
        String json;
        try {
            json = Files.readString(file);
        } catch (NoSuchFileException e) {
            // Not made yet; or an artifact that became an older turn's meanwhile.
            return;
        } catch (IOException e) {
            listener.checked(Result.of(home.relative(file), List.of(Damage.of(e)), remedy(kind)));
            return;
        }
        List<String> problems = new ArrayList<>(schemas.problems(schema, json));
        if (problems.isEmpty() && schema.equals("artifact")) {
            taskIn(json)
                    .filter(task -> !task.equals(taskOf(file)))
                    .ifPresent(task -> problems.add("it is of task " + task));
        }
        listener.checked(Result.of(home.relative(file), problems, remedy(kind)));
    }

    /** What the index has and nobody else. Whoever cleans takes it out of the index first, so that is asked twice. */
    private void lost(Listener listener) throws IOException {
        Set<String> missing = missing();
        if (!missing.isEmpty()) {
            missing.retainAll(missing());
        }
        missing.forEach(file -> listener.checked(Result.of(
                file,
                List.of("it is in results/index.json and is not there"),
                "Restore it from a backup; or have `reindex` forget it, without a daemon.")));
    }

    private Set<String> missing() throws IOException {
        Set<String> missing = new TreeSet<>();
        try {
            for (JsonNode task :
                    Json.full().readTree(Files.readAllBytes(home.index())).path("tasks")) {
                String file = task.path("artifact").asText();
                if (!Files.exists(home.root().resolve(file))) {
                    missing.add(file);
                }
            }
        } catch (NoSuchFileException | JsonProcessingException | InvalidPathException e) {
            // Held against its schema it is said what is wrong.
            return missing;
        }
        return missing;
    }

    /** Line by line; what follows the last line break is being written, or was when a daemon was killed. */
    private void history(Listener listener) throws IOException {
        List<String> problems = new ArrayList<>();
        try {
            String text = Files.readString(home.history());
            int number = 0;
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                number++;
                add(problems, number, schemas.problems("history", line));
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            problems.add(Damage.of(e));
        }
        listener.checked(Result.of(home.relative(home.history()), problems, remedy("history")));
    }

    static void add(List<String> problems, int line, List<String> found) {
        for (String problem : found) {
            if (problems.size() < MOST_LINES) {
                problems.add(inLine(line, problem));
            }
        }
    }

    private static String remedy(String kind) {
        return switch (kind) {
            case "reason" -> "Delete it: the file that it is about is then looked at anew.";
            case "index" -> "`reindex` makes it anew.";
            case "history" ->
                "Leave it: the next start takes over what is whole of it and reads the rest in the journal.";
            case "state" -> "Delete it while no daemon runs: the next start makes it anew.";
            case "state-base" ->
                "Delete it: it is needed only should state.json be lost, and is written anew before the next segment is removed.";
            case "telegram" -> "Delete it; what was said last may be done again.";
            case "daemon" -> "Delete it while no daemon runs: the next start writes it anew.";
            default ->
                "Restore it from a backup, or move it away; summaries/ and logs/runs/ have what else is known of its task.";
        };
    }

    /** Each line is a file of its own to whoever looks at it. */
    private static String inLine(int number, String problem) {
        return problem.startsWith(FIRST_LINE)
                ? "line " + number + ", " + problem.substring(FIRST_LINE.length())
                : "line " + number + ": " + problem;
    }

    private List<Path> artifacts() throws IOException {
        return jsonFiles(home.results(), JSON).stream()
                .filter(file -> !file.equals(home.index())
                        && TaskId.problem(taskOf(file)).isEmpty())
                .toList();
    }

    private static Set<Path> jsonFiles(Path directory, String suffix) throws IOException {
        Set<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (String.valueOf(file.getFileName()).endsWith(suffix)) {
                    found.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        }
        return found;
    }

    /** {@code ID} of {@code ID.json} and of {@code ID.turn-N.json}. */
    private static String taskOf(Path file) {
        String name = String.valueOf(file.getFileName());
        String stem = name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
        int turn = stem.lastIndexOf(".turn-");
        return turn > 0 && isNumber(stem.substring(turn + ".turn-".length())) ? stem.substring(0, turn) : stem;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }
}
