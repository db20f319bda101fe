import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The measurements of {@code bench/run}. Linux only: it reads {@code /proc}. */
public final class Bench {
    static final long DEBOUNCE_MILLIS = 250;
    static final int WORKERS = 3;
    private static final int ROUNDS = 5;
    private static final String SHELL = "one-sh";
    private static final String RATE = "median %.0f tasks/s (rounds: %s)";
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(15);

    private final String java;
    private final Path jar;
    private final Path work;
    private final boolean quick;
    private final int past;
    private int drops;

    private Bench(String java, Path jar, Path work, boolean quick, int past) {
        this.java = java;
        this.jar = jar;
        this.work = work;
        this.quick = quick;
        this.past = past;
    }

    /** For comparing builds. */
    Bench(String java, Path jar, Path work) {
        this(java, jar, work, false, 0);
    }

    /** @param args the java command, a jar, a directory, whether it has to be quick, and how many past tasks */
    public static void main(String[] args) throws Exception {
        boolean quick = Boolean.parseBoolean(args[3]);
        Bench bench = new Bench(args[0], Path.of(args[1]), Path.of(args[2]), quick, Integer.parseInt(args[4]));
        System.out.println("\n| what | measured |\n|---|---|");
        bench.latency();
        bench.throughput();
        bench.history();
    }

    Daemon daemon(String home) throws IOException {
        return new Daemon(java, jar, Files.createDirectories(work.resolve(home)), work);
    }

    /** A reading task, so that tasks need not wait for each other's directory. */
    static String taskFile(String id) {
        return "---\nid: " + id + "\ntype: analyze\n---\n# Look at " + id + "\n\nSay what is there, task " + id + ".\n";
    }

    /** Writes {@code count} task files beside {@code tasks/}, to be dropped later. */
    List<Path> prepare(Daemon daemon, int count) throws IOException {
        Path waiting = Files.createDirectories(daemon.home().resolve("waiting"));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = String.format(Locale.ROOT, "drop-%06d", drops++);
            files.add(Files.writeString(waiting.resolve(id + ".task.md"), taskFile(id)));
        }
        return files;
    }

    static void drop(Daemon daemon, List<Path> files) throws IOException {
        for (Path file : files) {
            Files.move(file, daemon.home().resolve("tasks").resolve(file.getFileName()));
        }
    }

    private static Path artifactOf(Daemon daemon, Path file) {
        String name = file.getFileName().toString();
        return daemon.home().resolve("results").resolve(name.replace(".task.md", ".json"));
    }

    /** Looks every {@code everyMillis}; the last file is tried first, so that a look costs little. */
    static void awaitArtifacts(Daemon daemon, List<Path> files, double everyMillis) {
        List<Path> missing = new ArrayList<>(files.stream().map(file -> artifactOf(daemon, file)).toList());
        until(everyMillis, () -> {
            while (!missing.isEmpty() && Files.exists(missing.get(missing.size() - 1))) {
                missing.remove(missing.size() - 1);
            }
            return missing.isEmpty();
        });
    }

    private static void until(double everyMillis, BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("gave up waiting");
            }
            pause(everyMillis);
        }
    }

    static void pause(double millis) {
        long end = System.nanoTime() + (long) (millis * 1e6);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    static void row(String what, String format, Object... values) {
        System.out.println("| " + what + " | " + String.format(Locale.ROOT, format, values) + " |");
    }

    private void latency() throws Exception {
        int count = quick ? 10 : 40;
        Path starts = Files.createFile(work.resolve("starts"));
        try (Daemon daemon = daemon("latency")) {
            daemon.start();
            latencies(daemon, starts, 10, 50, true);
            String above = "drop to agent started, above the debounce, %d ms after the previous task";
            latencyRow(String.format(above, 1000), latencies(daemon, starts, count, 1000, true), DEBOUNCE_MILLIS);
            latencyRow(String.format(above, 50), latencies(daemon, starts, count, 50, true), DEBOUNCE_MILLIS);
            String old = "the same in all, for a file that was written longer ago than the debounce";
            latencyRow(old, latencies(daemon, starts, count, (int) DEBOUNCE_MILLIS + 50, false), 0);
        }
        List<Double> alone = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long before = nanosSince1970();
            Daemon.agent(work, starts).start().waitFor();
            alone.add((lastStart(starts) - before) / 1e6);
        }
        latencyRow("of which starting the agent, as this program does it", alone, 0);
    }

    private static void latencyRow(String what, List<Double> millis, long debounce) {
        row(
                what,
                "p50 %.1f ms, p95 %.1f ms (%d tasks)",
                Numbers.median(millis) - debounce,
                Numbers.percentile(millis, 95) - debounce,
                millis.size());
    }

    /** @param fresh written just before the drop, so that the debounce has to pass */
    private List<Double> latencies(Daemon daemon, Path starts, int count, int restMillis, boolean fresh)
            throws IOException {
        List<Double> millis = new ArrayList<>();
        for (Path file : prepare(daemon, count)) {
            pause(restMillis);
            if (fresh) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
            long dropped = nanosSince1970();
            drop(daemon, List.of(file));
            awaitArtifacts(daemon, List.of(file), 1);
            millis.add((lastStart(starts) - dropped) / 1e6);
        }
        return millis;
    }

    private static long lastStart(Path starts) throws IOException {
        List<String> lines = Files.readAllLines(starts);
        return Long.parseLong(lines.get(lines.size() - 1));
    }

    private static long nanosSince1970() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    private void throughput() throws Exception {
        int count = quick ? 200 : 1000;
        List<Double> ours = new ArrayList<>();
        Map<String, List<Double>> theirs = new LinkedHashMap<>();
        try (Daemon daemon = daemon("throughput")) {
            daemon.start();
            for (int round = 0; round < ROUNDS; round++) {
                List<Path> files = prepare(daemon, count);
                long start = System.nanoTime();
                drop(daemon, files);
                awaitArtifacts(daemon, files, 5);
                ours.add(count / seconds(start));
                for (String helper : helpers()) {
                    theirs.computeIfAbsent(helper, any -> new ArrayList<>()).add(count / xargs(helper, count, round));
                }
            }
        }
        row(count + " tasks at once, " + WORKERS + " workers", RATE, Numbers.median(ours), Numbers.all(ours));
        theirs.forEach((helper, rates) -> {
            String with = helper.equals(SHELL) ? "`sh`, `sync` and `mv`" : "a C program, the floor";
            String xargs = "`xargs -P " + WORKERS + "`, one synced result each by " + with;
            row(xargs, RATE, Numbers.median(rates), Numbers.all(rates));
            row("ratio of the medians", "%.2f", Numbers.median(ours) / Numbers.median(rates));
        });
    }

    /** Programs that run one agent and keep its result; the one in C is there when there is a compiler. */
    private List<String> helpers() {
        return Stream.of(SHELL, "one-c").filter(name -> Files.exists(work.resolve(name))).toList();
    }

    private double xargs(String helper, int count, int round) throws Exception {
        Path results = Files.createDirectory(work.resolve(helper + "-" + round));
        Path prompt = Files.writeString(work.resolve("prompt"), taskFile("xargs"));
        String each = " -n 1 ./" + helper + " ./noop-agent " + prompt + " " + results;
        String command = "seq " + count + " | xargs -P " + WORKERS + each;
        long start = System.nanoTime();
        int code = new ProcessBuilder("sh", "-c", command).directory(work.toFile()).start().waitFor();
        double took = seconds(start);
        if (code != 0 || results.toFile().list().length != count) {
            throw new IllegalStateException("xargs ended with " + code);
        }
        return took;
    }

    static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private void history() throws Exception {
        int few = quick ? 100 : 1000;
        int many = past;
        try (Daemon young = daemon("young");
                Daemon old = daemon("old")) {
            withPast(young, few);
            double rebuild = withPast(old, many);
            row("first start with " + many + " past tasks, without state.json, index.json and history.ndjson", "%.1f s", rebuild);
            restarts(young, few);
            restarts(old, many);
            for (String command : List.of("status", "stats", "stats --json")) {
                List<Double> took = CommandRuns.of(java, jar, old.home(), command);
                String what = "`" + command + "` with " + many + " past tasks";
                row(what, "median %.2f s, fastest %.2f s", Numbers.median(took), Numbers.percentile(took, 1));
            }
            List<Cost> cheap = new ArrayList<>();
            List<Cost> dear = new ArrayList<>();
            for (int round = 0; round < 6; round++) {
                cheap.add(cost(young, 300));
                dear.add(cost(old, 300));
            }
            costs(few, cheap);
            costs(many, dear);
            row("ratio of CPU time", "%.2f", cpu(dear) / cpu(cheap));
            row("ratio of wall time", "%.2f", wall(dear) / wall(cheap));
            row("resident memory with " + few + " past tasks, after the tasks", "%.0f MB", young.residentMegabytes());
            row("resident memory with " + many + " past tasks, after the tasks", "%.0f MB", old.residentMegabytes());
            old.close();
            Keeping keeping = new Keeping(java, jar);
            keeping.prune(old.home(), work.resolve("copies"));
            keeping.schedules(young);
        }
    }

    /** Lets the daemon do one task, repeats what it left behind, and has the derived files made anew. In seconds. */
    private double withPast(Daemon daemon, int tasks) throws Exception {
        daemon.start();
        List<Path> first = prepare(daemon, 1);
        drop(daemon, first);
        awaitArtifacts(daemon, first, 5);
        daemon.close();
        String id = first.get(0).getFileName().toString().replace(".task.md", "");
        new Past(daemon.home(), id).repeat(tasks);
        double ready = daemon.start();
        daemon.close();
        return ready;
    }

    private static void restarts(Daemon daemon, int past) throws Exception {
        List<Double> ready = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            daemon.close();
            ready.add(daemon.start());
        }
        String what = "restart with " + past + " past tasks to `" + Daemon.READY + "`";
        row(what, "median %.2f s (%s)", Numbers.median(ready), Numbers.all(ready));
        row("resident memory with " + past + " past tasks, after the start", "%.0f MB", daemon.residentMegabytes());
    }

    private record Cost(double cpuMillis, double wallMillis) {}

    /** Per task; the CPU time is counted until the daemon has also written the index, which it puts off. */
    private Cost cost(Daemon daemon, int tasks) throws IOException {
        List<Path> files = prepare(daemon, tasks);
        double cpuBefore = daemon.cpuMillis();
        long start = System.nanoTime();
        drop(daemon, files);
        awaitArtifacts(daemon, files, 5);
        double wall = seconds(start) * 1000;
        until(200, () -> indexHas(daemon, files));
        return new Cost((daemon.cpuMillis() - cpuBefore) / tasks, wall / tasks);
    }

    /** New entries are at the end of the index; what is before them need not be read. */
    private static boolean indexHas(Daemon daemon, List<Path> files) {
        try (RandomAccessFile index = new RandomAccessFile(daemon.home().resolve("results/index.json").toFile(), "r")) {
            index.seek(Math.max(0, index.length() - 1024L * files.size()));
            byte[] bytes = new byte[(int) (index.length() - index.getFilePointer())];
            index.readFully(bytes);
            String end = new String(bytes, StandardCharsets.UTF_8);
            return files.stream().allMatch(file -> end.contains("results/" + artifactOf(daemon, file).getFileName()));
        } catch (IOException e) {
            return false;
        }
    }

    /** The first round, in which the JVM is still warming up, does not count. */
    private static void costs(int past, List<Cost> rounds) {
        row(
                "per task with " + past + " past tasks (5 rounds of 300)",
                "CPU %.2f ms (%s), wall %.2f ms",
                cpu(rounds),
                Numbers.all(rounds.stream().skip(1).map(Cost::cpuMillis).toList()),
                wall(rounds));
    }

    private static double cpu(List<Cost> rounds) {
        return Numbers.median(rounds.stream().skip(1).map(Cost::cpuMillis).toList());
    }

    private static double wall(List<Cost> rounds) {
        return Numbers.median(rounds.stream().skip(1).map(Cost::wallMillis).toList());
    }
}
