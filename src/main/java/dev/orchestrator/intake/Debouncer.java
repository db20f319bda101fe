package dev.orchestrator.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells when a file is complete. Pure but for the looks it is given. A file is complete when nobody has written to it for
 * one debounce: either its time of change says so at first sight, which is so for most files that were moved into place, or
 * two looks that far apart agree. For one thread.
 */
final class Debouncer {
    private final Function<Path, Optional<FileLook>> look;
    private final Map<Path, Seen> watched = new LinkedHashMap<>();

    Debouncer(Function<Path, Optional<FileLook>> look) {
        this.look = look;
    }

    private record Seen(FileLook look, Instant at) {}

    /** Something may have happened to {@code file}, or it was found. */
    void touch(Path file, Instant now) {
        if (!watched.containsKey(file)) {
            look.apply(file).ifPresent(seen -> watched.put(file, new Seen(seen, now)));
        }
    }

    /** Takes out the files that are complete, at most {@code most}. */
    List<Path> takeReady(Instant now, Duration debounce, int most) {
        List<Path> ready = new ArrayList<>();
        for (Path file : List.copyOf(watched.keySet())) {
            if (ready.size() < most && isReady(file, now, debounce)) {
                watched.remove(file);
                ready.add(file);
            }
        }
        return ready;
    }

    /** How long until some file could be complete; empty when none is watched. */
    Optional<Duration> untilNext(Instant now, Duration debounce) {
        return watched.values().stream()
                .map(seen -> Duration.between(now, seen.at.plus(debounce)))
                .min(Duration::compareTo)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    int size() {
        return watched.size();
    }

    private boolean isReady(Path file, Instant now, Duration debounce) {
        Seen seen = watched.get(file);
        if (seen == null) {
            return false;
        }
        boolean oldAtFirstSight = !seen.look.modified().isAfter(seen.at.minus(debounce));
        if (!oldAtFirstSight && now.isBefore(seen.at.plus(debounce))) {
            return false;
        }
        Optional<FileLook> again = look.apply(file);
        if (again.isEmpty()) {
            watched.remove(file);
            return false;
        }
        if (!again.get().equals(seen.look)) {
            watched.put(file, new Seen(again.get(), now));
            return false;
        }
        return true;
    }
}
