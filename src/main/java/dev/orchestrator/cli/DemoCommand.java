package dev.orchestrator.cli;

import dev.orchestrator.agent.simulated.SimulatedClaude;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs one task from file to artifact in a temporary home, offline, with a simulated agent.")
final class DemoCommand implements Callable<Integer> {
    /** What a Java needs to start; the user's settings and keys have no part in the demo. */
    private static final Set<String> ENVIRONMENT =
            Set.of("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "USERPROFILE");

    private final Map<String, String> environment;
    private final DaemonRunner daemon;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "The home of the demo, missing or empty, instead of a temporary one.")
    private @Nullable Path keep;

    DemoCommand(Map<String, String> environment, DaemonRunner daemon) {
        this.environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.environment.putAll(environment);
        this.environment.keySet().removeIf(name -> !ENVIRONMENT.contains(name.toUpperCase(java.util.Locale.ROOT)));
        this.daemon = daemon;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        DemoHome demo = new DemoHome(directory());
        DemoReport report = new DemoReport(demo, out);
        demo.writeProject();
        report.opening();
        report.dropped(demo.home().relative(demo.dropTask()));
        runDaemon(demo);
        report.events();
        report.change();
        Optional<Artifact> artifact = new ArtifactStore(demo.home()).find(DemoHome.TASK);
        artifact.ifPresent(report::artifact);
        report.closing();
        boolean succeeded = artifact.map(Artifact::success).orElse(false);
        if (!succeeded || !demo.isMended()) {
            throw new CommandFailed(
                    ExitCode.ofFailed(artifact),
                    "The demo FAILED: " + (succeeded ? "the file was not mended" : "the task did not succeed")
                            + ". See " + demo.home().operatorLog() + ".");
        }
        return ExitCode.DONE.code();
    }

    private void runDaemon(DemoHome demo) throws Exception {
        DaemonRunner.Request request = new DaemonRunner.Request(
                demo.home(), Map.of(), environment, true, Optional.of(SimulatedClaude.options()), true);
        DaemonRunner.Result result =
                daemon.run(request, new Notes(spec.commandLine().getErr()));
        if (result instanceof DaemonRunner.Result.BadConfiguration bad) {
            throw new CommandFailed(ExitCode.CONFIGURATION, String.join("\n", bad.problems()));
        }
        if (result instanceof DaemonRunner.Result.HomeTaken taken) {
            throw new CommandFailed(
                    ExitCode.FAILED, demo.home().root() + " is run by " + taken.holder() + ". Use another directory.");
        }
    }

    private Path directory() throws IOException {
        if (keep == null) {
            return Files.createTempDirectory("orchestrator-demo");
        }
        Files.createDirectories(keep);
        try (DirectoryStream<Path> content = Files.newDirectoryStream(keep)) {
            if (content.iterator().hasNext()) {
                throw new CommandFailed(ExitCode.USAGE, keep + " is not empty. Name a new directory with --keep.");
            }
        }
        return keep;
    }

    private record Notes(PrintWriter err) implements DaemonRunner.Listener {
        @Override
        public void note(String text) {
            err.println(text);
        }

        @Override
        public void ready() {
            // The demo tells its own story.
        }
    }
}
