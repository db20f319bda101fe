import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two builds with the same work in turn, so that whatever the machine is doing meets both. */
public final class Versus {
    private static final int ROUNDS = 8;
    private static final int TASKS = 1000;
    /** Until what is written at the side is written. */
    private static final double REST_MILLIS = 1500;

    private final Bench bench;
    private final Daemon daemon;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> cpuMillis = new ArrayList<>();

    private Versus(Bench bench, String home) throws IOException {
        this.bench = bench;
        this.daemon = bench.daemon(home);
    }

    /** @param args the java command, a directory, and two jars; with one it is run with a sandbox and without */
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[1]);
        Versus one = new Versus(new Bench(args[0], Path.of(args[2]), work), "one");
        boolean same = args.length < 4;
        Versus other = new Versus(new Bench(args[0], Path.of(args[same ? 2 : 3]), work), same ? "open" : "other");
        try (Daemon first = one.daemon;
                Daemon second = other.daemon) {
            first.start();
            second.start();
            for (int round = 0; round < ROUNDS; round++) {
                (round % 2 == 0 ? one : other).round();
                (round % 2 == 0 ? other : one).round();
            }
        }
        System.out.println("\n| jar | tasks/s | CPU, ms per task |\n|---|---|---|");
        one.row(same ? "with a sandbox, where there is one" : args[2]);
        other.row(same ? "without" : args[3]);
    }

    private void round() throws IOException {
        List<Path> files = bench.prepare(daemon, TASKS);
        Bench.pause(REST_MILLIS);
        double cpu = daemon.cpuMillis();
        long start = System.nanoTime();
        Bench.drop(daemon, files);
        Bench.awaitArtifacts(daemon, files, 5);
        rates.add(TASKS / Bench.seconds(start));
        Bench.pause(REST_MILLIS);
        cpuMillis.add((daemon.cpuMillis() - cpu) / TASKS);
    }

    private void row(String jar) {
        System.out.printf(
                Locale.ROOT,
                "| %s | median %.0f (%s) | median %.2f (%s) |%n",
                jar,
                Numbers.median(rates),
                Numbers.all(rates),
                Numbers.median(cpuMillis),
                Numbers.all(cpuMillis));
    }
}
