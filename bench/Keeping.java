import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What it costs to keep house: to pack and to remove what the journal has of long ago, and to look at schedules. */
final class Keeping {
    private static final int SCHEDULES = 1000;
    private static final double IDLE_MILLIS = 30_000;

    private final String java;
    private final Path jar;

    Keeping(String java, Path jar) {
        this.java = java;
        this.jar = jar;
    }

    /** {@code gzip} packs the same bytes in the same minute. */
    void prune(Path home, Path copies) throws Exception {
        List<Path> closed = closed(home);
        Files.createDirectories(copies);
        List<String> gzip = new ArrayList<>(List.of("gzip", "-6"));
        long bytes = 0;
        for (Path segment : closed) {
            bytes += Files.size(segment);
            gzip.add(Files.copy(segment, copies.resolve(segment.getFileName())).toString());
        }
        String what = closed.size() + " segments, " + (bytes >> 20) + " MB: ";
        double baseline = closed.isEmpty() ? 0 : CommandRuns.once(gzip);
        Bench.row(what + "`gzip`, for comparison", "%.2f s", baseline);
        Bench.row(what + "`prune` packs all but the latest", "%.2f s", CommandRuns.once(java, jar, home, "prune"));
        Bench.row(what + "`prune --days 0` removes them", "%.2f s", CommandRuns.once(java, jar, home, "prune --days 0"));
    }

    /** Of a daemon that has nothing to do; with each schedule it looks at a file every five seconds. */
    void schedules(Daemon daemon) throws Exception {
        Bench.row("CPU time in 30 s of rest", "%.0f ms", idle(daemon));
        Path schedules = Files.createDirectories(daemon.home().resolve("schedules"));
        for (int i = 0; i < SCHEDULES; i++) {
            String text = "---\nschedule: \"0 3 1 1 *\"\ntype: analyze\n---\nLook for dead code.\n";
            Files.writeString(schedules.resolve(String.format(Locale.ROOT, "yearly-%04d.task.md", i)), text);
        }
        // They are read twice before they count.
        Bench.pause(IDLE_MILLIS);
        Bench.row("CPU time in 30 s of rest, with " + SCHEDULES + " schedules", "%.0f ms", idle(daemon));
    }

    private static double idle(Daemon daemon) throws IOException {
        double before = daemon.cpuMillis();
        Bench.pause(IDLE_MILLIS);
        return daemon.cpuMillis() - before;
    }

    private static List<Path> closed(Path home) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("logs"), "events-*.ndjson")) {
            files.forEach(found::add);
        }
        return found;
    }
}
