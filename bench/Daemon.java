import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The orchestrator as a process of its own. */
final class Daemon implements AutoCloseable {
    static final String READY = "Orchestrator is running";
    private final String java;
    private final Path jar;
    private final Path home;
    private final Path work;
    private Process process;

    Daemon(String java, Path jar, Path home, Path work) {
        this.java = java;
        this.jar = jar;
        this.home = home;
        this.work = work;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (process != null) {
                process.destroyForcibly();
            }
        }));
    }

    Path home() {
        return home;
    }

    /** The agent as the daemon starts it, without a daemon. */
    static ProcessBuilder agent(Path work, Path starts) {
        ProcessBuilder agent = new ProcessBuilder(work.resolve("noop-agent").toString());
        agent.environment().put("NOOP_STARTS", starts.toString());
        return agent.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    /** Returns the seconds until it said that it is ready. */
    double start() throws IOException {
        Path directory = Files.createDirectories(work.resolve("directory"));
        List<String> command = new ArrayList<>(List.of(java, "-jar", jar.toString(), "--home", home.toString(), "run"));
        for (String setting : List.of(
                "workers=" + Bench.WORKERS,
                "intake.debounce=" + Bench.DEBOUNCE_MILLIS + "ms",
                "claude.command=" + work.resolve("noop-agent"),
                "claude.base_dir=" + directory,
                "claude.pass_env=NOOP_*")) {
            command.addAll(List.of("--set", setting));
        }
        if (home.endsWith("open")) {
            command.addAll(List.of("--set", "guard.sandbox=off"));
        }
        if (home.endsWith("latency")) {
            command.addAll(List.of("--set", "guard.sandbox_writable=" + work.resolve("starts")));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("ORCHESTRATOR_"));
        if (home.endsWith("latency")) {
            builder.environment().put("NOOP_STARTS", work.resolve("starts").toString());
        }
        builder.redirectError(ProcessBuilder.Redirect.appendTo(home.resolve("stderr").toFile()));
        long start = System.nanoTime();
        process = builder.start();
        awaitReady(process.inputReader());
        return (System.nanoTime() - start) / 1e9;
    }

    private void awaitReady(BufferedReader out) throws IOException {
        for (String line = out.readLine(); !READY.equals(line); line = out.readLine()) {
            if (line == null) {
                int code = process.onExit().join().exitValue();
                String said = Files.readString(home.resolve("stderr"));
                throw new IOException("the daemon did not start, exit code " + code + ": " + said);
            }
        }
    }

    /** User and system time of the daemon alone, without that of its agents. */
    double cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10.0;
    }

    double residentMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroy();
            process.onExit().orTimeout(2, TimeUnit.MINUTES).join();
        }
    }
}
