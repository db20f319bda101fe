package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.control.ControlAnswer;
import dev.orchestrator.control.ControlClient;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import dev.orchestrator.view.DaemonInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands have in common that ask something of the daemon. */
abstract class ControlCommand extends HomeCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String BY = "cli (" + System.getProperty("user.name", "?") + ")";

    @Option(names = "--json", description = "Print the daemon's answer as JSON, for programs.")
    private boolean json;

    private final TimeSource time;
    /** Null until it is known what is wanted. */
    private ControlClient.@Nullable Wish wanted;

    ControlCommand(TimeSource time) {
        this.time = time;
    }

    final Instant now() {
        return time.now();
    }

    final boolean asJson() {
        return json;
    }

    /** In the form of a daemon's refusal: whoever reads one answer can read the other. */
    final void printFailure(String message) {
        printJson(
                wanted == null
                        ? ControlAnswer.refused(name(), null, message, now())
                        : ControlAnswer.refused(wanted.command(), wanted.id(), message, now()));
    }

    final Integer give(String command, @Nullable TaskId id, @Nullable String text)
            throws IOException, InterruptedException {
        return give(new ControlClient.Wish(command, id, text, List.of()));
    }

    final Integer give(ControlClient.Wish wish) throws IOException, InterruptedException {
        wanted = wish;
        String command = wish.command();
        Home home = home();
        ControlClient client = new ControlClient(
                home, () -> DaemonInfo.running(home.daemonInfo()).isPresent(), time);
        ControlClient.Result result = result(client, wish);
        if (result instanceof ControlClient.Result.Answered answered) {
            return told(answered.answer());
        }
        if (result instanceof ControlClient.Result.NoDaemon nobody) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE,
                    "No daemon runs in " + home.root() + ". `" + command
                            + "` is kept and done first when one starts; to take it back, remove "
                            + shown(home, nobody.file()) + ".");
        }
        Path file = ((ControlClient.Result.NoAnswer) result).file();
        throw new CommandFailed(
                ExitCode.UNAVAILABLE,
                "The daemon has not answered within " + PATIENCE.toSeconds() + " s. `" + command + "` waits in "
                        + shown(home, file) + "; logs/orchestrator.log may say what keeps it.");
    }

    private ControlClient.Result result(ControlClient client, ControlClient.Wish wish) throws InterruptedException {
        try {
            return client.give(wish, BY, PATIENCE);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "`" + wish.command() + "` could not be put into tasks/.control/, so nobody was asked: "
                            + e.getMessage() + ". Make some room, or mend what is in the way, and say it again.");
        }
    }

    private Integer told(ControlAnswer answer) {
        if (json) {
            printJson(answer);
            return (answer.ok() ? ExitCode.DONE : ExitCode.FAILED).code();
        }
        if (!answer.ok()) {
            throw new CommandFailed(ExitCode.FAILED, Shown.safe(answer.message()));
        }
        out().println(Shown.safe(answer.message()));
        return ExitCode.DONE.code();
    }

    private static String shown(Home home, Path file) {
        return home.relative(file);
    }
}
