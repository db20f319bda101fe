package dev.orchestrator.guard.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a program sees in its sandbox. Everything that is not named here is there and cannot be changed; directories for
 * temporary files are its own and empty. Where one path lies in another, the longer one decides; of one path that is named
 * twice the list that stands further down decides. What does not exist is passed over: nothing is made in anybody's directory.
 *
 * @param directory where the program starts
 * @param readable what has to be seen, also where its surroundings are hidden
 * @param writable what may be changed
 * @param ownLayer directories whose entries are there, read-only, and in which whatever is made is the program's own and
 *     vanishes with it
 * @param emptied directories in whose place the program has empty ones of its own
 * @param fixed what may not be changed though its surroundings may
 * @param hidden what cannot be read
 * @param environment variables that are different inside; an empty value takes one away
 */
public record Enclosure(
        Path directory,
        List<Path> readable,
        List<Path> writable,
        List<Path> ownLayer,
        List<Path> emptied,
        List<Path> fixed,
        List<Path> hidden,
        Map<String, String> environment) {

    public Enclosure {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
        ownLayer = List.copyOf(ownLayer);
        emptied = List.copyOf(emptied);
        fixed = List.copyOf(fixed);
        hidden = List.copyOf(hidden);
        environment = Map.copyOf(environment);
    }
}
