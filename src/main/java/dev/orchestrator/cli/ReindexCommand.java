package dev.orchestrator.cli;

import dev.orchestrator.artifact.ArtifactIndex;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.LockFile;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "reindex",
        mixinStandardHelpOptions = true,
        description = "Makes results/index.json anew from the artifacts and the journal. The daemon must not run.")
final class ReindexCommand extends ReadCommand {
    /**
     * {@code --json}.
     *
     * @param leftOut artifacts that cannot be read
     */
    record Report(String schemaVersion, int tasks, List<String> leftOut) {}

    @Override
    public Integer call() throws IOException {
        Home home = home();
        if (!Files.isDirectory(home.results()) || !Files.isDirectory(home.logs())) {
            return done(new Report(SCHEMA_VERSION, 0, List.of()));
        }
        Optional<LockFile> lock = LockFile.tryAcquire(home.daemonLock());
        if (lock.isEmpty()) {
            throw failed(home.root() + " is run by " + holder(home)
                    + ", which keeps the index itself. Stop it first, then run `reindex` again.");
        }
        try {
            List<String> leftOut = new ArrayList<>();
            int tasks = ArtifactIndex.rebuild(home.index(), home.journal(), leftOut::add);
            return done(new Report(SCHEMA_VERSION, tasks, leftOut));
        } finally {
            lock.get().close();
        }
    }

    private int done(Report report) {
        if (asJson()) {
            print(report);
        } else {
            report.leftOut().forEach(line -> out().println("Left out: " + Shown.line(line, 400)));
            out().println(
                            report.tasks() == 0
                                    ? "Nothing here yet: " + home().root() + " has no results."
                                    : "results/index.json has " + report.tasks() + " tasks.");
        }
        return (report.leftOut().isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private static String holder(Home home) {
        return DaemonInfo.running(home.daemonInfo())
                .map(info -> "process " + info.pid() + " since " + Shown.time(info.startedAt()) + " UTC")
                .orElse("another process");
    }
}
