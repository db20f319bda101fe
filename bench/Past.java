import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** A past made out of one real task, under other names: so it has the formats of the jar that is measured. */
final class Past {
    private static final long SEGMENT_BYTES = 16 * 1024 * 1024;
    private final Path home;
    private final String id;

    Past(Path home, String id) {
        this.home = home;
        this.id = id;
    }

    void repeat(int tasks) throws IOException {
        String artifact = Files.readString(home.resolve("results/" + id + ".json"));
        String file = Bench.taskFile(id);
        for (int i = 0; i < tasks; i++) {
            String other = nameOf(i);
            Files.writeString(home.resolve("results/" + other + ".json"), artifact.replace(id, other));
            Files.writeString(
                    home.resolve("tasks/processed/" + other + ".succeeded.task.md"), file.replace(id, other));
        }
        journal(tasks);
        Files.delete(home.resolve("logs/state.json"));
        Files.delete(home.resolve("results/index.json"));
        Files.deleteIfExists(home.resolve("logs/history.ndjson"));
    }

    private static String nameOf(int number) {
        return String.format(Locale.ROOT, "past-%06d", number);
    }

    private void journal(int tasks) throws IOException {
        Path current = home.resolve("logs/events.ndjson");
        List<String> lines = Files.readAllLines(current).stream()
                .map(line -> line.substring(line.indexOf(',')))
                .toList();
        String opened = lines.get(0);
        List<String> task = lines.stream().filter(line -> line.contains("\"" + id + "\"")).toList();
        long[] seq = {0};
        int segment = 0;
        for (int done = 0; done < tasks; ) {
            segment++;
            Path file = home.resolve(String.format(Locale.ROOT, "logs/events-%06d.ndjson", segment));
            String first = opened.replaceAll("\"segment\":1\\b", "\"segment\":" + segment);
            done = segment(file, first, task, done, tasks, seq);
            if (done == tasks) {
                Files.move(file, current, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private int segment(Path file, String opened, List<String> task, int from, int to, long[] seq) throws IOException {
        long written = 0;
        int done = from;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"seq\":" + ++seq[0] + opened + "\n");
            for (; done < to && written < SEGMENT_BYTES; done++) {
                for (String line : task) {
                    String text = "{\"seq\":" + ++seq[0] + line.replace(id, nameOf(done)) + "\n";
                    out.write(text);
                    written += text.length();
                }
            }
        }
        return done;
    }
}
