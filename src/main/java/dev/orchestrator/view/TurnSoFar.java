package dev.orchestrator.view;

import dev.orchestrator.json.Records;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of a task's latest turn.
 *
 * @param files that its agent changed, as it named them
 */
record TurnSoFar(List<String> files, List<String> lastEvents) {
    /** Of one turn; an agent that does more changes files that were named before. */
    private static final int MOST_EVENTS = 20_000;

    private static final Set<String> CHANGING = Set.of("Write", "Edit", "MultiEdit", "NotebookEdit");

    /** @param shown how many of the latest events */
    static TurnSoFar read(Path journal, TaskId id, int shown) throws IOException {
        EventFilter ofTask = new EventFilter(Optional.of(id), Optional.empty(), Severity.INFO);
        List<String> lines = new EventTail(journal).last(MOST_EVENTS, ofTask).lines();
        Files files = new Files();
        lines.forEach(files::add);
        return new TurnSoFar(files.all(), List.copyOf(lines.subList(Math.max(0, lines.size() - shown), lines.size())));
    }

    /** Of runs that are over by comparing, of the one that is not by what the agent says. */
    private static final class Files {
        private final Set<String> compared = new LinkedHashSet<>();
        private final Set<String> named = new LinkedHashSet<>();

        void add(String line) {
            try {
                add(Records.tree(line));
            } catch (IOException e) {
                // The journal's writer repairs it.
            }
        }

        private void add(Map<String, @Nullable Object> event) {
            switch (String.valueOf(event.get("event"))) {
                case "turn_started", "task_accepted" -> {
                    compared.clear();
                    named.clear();
                }
                case "tool_used" -> {
                    if (Boolean.TRUE.equals(event.get("succeeded"))
                            && CHANGING.contains(String.valueOf(event.get("tool")))
                            && event.get("target") != null) {
                        named.add(String.valueOf(event.get("target")));
                    }
                }
                case "files_modified" -> {
                    named.clear();
                    if (event.get("files") instanceof List<?> changed) {
                        changed.forEach(file -> compared.add(String.valueOf(file)));
                    }
                }
                default -> {}
            }
        }

        List<String> all() {
            Set<String> all = new LinkedHashSet<>(compared);
            all.addAll(named);
            return new ArrayList<>(all);
        }
    }
}
