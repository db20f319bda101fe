package dev.orchestrator.view;

import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of a task's latest turn.
 *
 * @param files that its agent changed, relative to where it works, or as it named them when they lie elsewhere
 * @param filesCount of all; the journal names only the first of very many
 */
record TurnSoFar(List<String> files, int filesCount, List<Map<String, @Nullable Object>> lastEvents) {
    /** Of one turn; an agent that does more changes files that were named before. */
    private static final int MOST_EVENTS = 20_000;

    private static final Set<String> CHANGING = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");

    /** @param shown how many of the latest events */
    static TurnSoFar read(Path journal, TaskId id, int shown) throws IOException {
        EventFilter accepted = only(id, "task_accepted");
        EventFilter again = only(id, "turn_started");
        List<String> lines = new EventTail(journal)
                .since(
                        line -> accepted.wants(line) || again.wants(line),
                        MOST_EVENTS,
                        new EventFilter(Optional.of(id), Optional.empty(), Severity.INFO));
        Files files = new Files();
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        for (String line : lines) {
            try {
                events.add(Records.tree(line));
            } catch (IOException e) {
                // The journal's writer repairs it.
            }
        }
        events.forEach(files::add);
        return new TurnSoFar(
                files.all(), files.count(), events.subList(Math.max(0, events.size() - shown), events.size()));
    }

    private static EventFilter only(TaskId id, String event) {
        return new EventFilter(Optional.of(id), Optional.of(event), Severity.INFO);
    }

    /** Of runs that are over by comparing, of the one that is not by what the agent says. */
    private static final class Files {
        private final Set<String> compared = new LinkedHashSet<>();
        private final Set<String> named = new LinkedHashSet<>();
        private int comparedCount;
        private @Nullable String directory;
        /** Where the agent works when that is not {@link #directory}. */
        private @Nullable String copy;

        void add(Map<String, @Nullable Object> event) {
            switch (String.valueOf(event.get("event"))) {
                case "turn_started", "task_accepted" -> directory = directoryOf(event.get("task"));
                case "attempt_started" -> copy = directoryOf(event);
                case "tool_used" -> {
                    if (Boolean.TRUE.equals(event.get("succeeded"))
                            && CHANGING.contains(String.valueOf(event.get("tool")))
                            && event.get("target") != null) {
                        named.add(relative(String.valueOf(event.get("target"))));
                    }
                }
                case "files_modified" -> compared(event);
                default -> {}
            }
        }

        /** It is about all attempts of the turn so far. */
        private void compared(Map<String, @Nullable Object> event) {
            named.clear();
            compared.clear();
            if (event.get("files") instanceof List<?> changed) {
                changed.forEach(file -> compared.add(String.valueOf(file)));
            }
            comparedCount = event.get("count") instanceof Number count ? count.intValue() : compared.size();
        }

        private static @Nullable String directoryOf(@Nullable Object where) {
            return where instanceof Map<?, ?> map && map.get("directory") instanceof String found ? found : null;
        }

        /** As a comparison names it. */
        private String relative(String target) {
            try {
                return Stream.of(Optional.ofNullable(copy), Optional.ofNullable(directory))
                        .flatMap(Optional::stream)
                        .map(Path::of)
                        .filter(base -> base.resolve(target).normalize().startsWith(base))
                        .map(base -> base.relativize(base.resolve(target).normalize()))
                        .map(path -> path.toString().replace(File.separatorChar, '/'))
                        .findFirst()
                        .orElse(target);
            } catch (InvalidPathException e) {
                // No name of a file here; the journal may come from another machine.
                return target;
            }
        }

        List<String> all() {
            Set<String> all = new LinkedHashSet<>(compared);
            all.addAll(named);
            return new ArrayList<>(all);
        }

        /** At least so many: a file that is named may be among those that the comparison only counted. */
        int count() {
            return Math.max(comparedCount, all().size());
        }
    }
}
