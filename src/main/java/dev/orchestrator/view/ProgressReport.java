package dev.orchestrator.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is.
 *
 * @param estimate null when nothing runs for it, or no daemon watches what does
 * @param files that its agent changed in this turn so far, relative to where it works, or as it named them when they lie
 *     elsewhere; at most {@link #MOST_FILES}
 * @param filesCount of all
 * @param lastEvents its latest, oldest first, as they stand in the journal
 */
public record ProgressReport(
        String schemaVersion,
        @JsonUnwrapped TaskReport task,
        @Nullable Estimate estimate,
        List<String> files,
        int filesCount,
        List<Map<String, @Nullable Object>> lastEvents) {
    static final String SCHEMA_VERSION = "1.0";
    static final int MOST_FILES = 20;

    public ProgressReport {
        files = List.copyOf(files);
        lastEvents = List.copyOf(lastEvents);
    }
}
