package dev.orchestrator.guard.staging;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a change comes into a directory, {@code turn-N.apply.json}. It is on disk before the first file is touched, with all
 * contents that are needed to go on or back, so that whoever comes after a crash can do either. Sample:
 *
 * <pre>
 * {"schema_version":1,"state":"applying","directory":"/srv/app","prepared_in":".orchestrator-5f2a",
 *  "new_directories":["src/new"],"directories":{"src":"rwxr-xr-x"},"merged":[],"problems":[],
 *  "steps":[{"path":"src/new/a.py","before":null,"after":{"kind":"file",...}}]}
 * </pre>
 *
 * @param preparedIn name of the directory in which contents are made ready, of nobody else
 * @param newDirectories that were not there before; the way back removes them
 * @param directories permissions of those that were, or once were, there: when the last file of one goes, it goes too
 * @param merged paths at which somebody else had changed something too
 * @param problems why it goes back
 * @param steps what was there and what is to be there, file by file
 */
record Plan(
        int schemaVersion,
        State state,
        String directory,
        String preparedIn,
        List<String> newDirectories,
        Map<String, String> directories,
        List<String> merged,
        List<String> problems,
        List<Change> steps) {
    static final int SCHEMA_VERSION = 1;

    Plan {
        newDirectories = List.copyOf(newDirectories);
        directories = Map.copyOf(directories);
        merged = List.copyOf(merged);
        problems = List.copyOf(problems);
        steps = List.copyOf(steps);
    }

    enum State {
        APPLYING,
        GOING_BACK,
        APPLIED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Plan goingBack(List<String> why) {
        return new Plan(
                schemaVersion,
                State.GOING_BACK,
                directory,
                preparedIn,
                newDirectories,
                directories,
                merged,
                why,
                steps);
    }

    Plan applied() {
        return new Plan(
                schemaVersion,
                State.APPLIED,
                directory,
                preparedIn,
                newDirectories,
                directories,
                merged,
                List.of(),
                steps);
    }
}
