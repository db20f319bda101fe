package dev.orchestrator.notice;

import dev.orchestrator.json.Json;
import dev.orchestrator.process.Command;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Has a program of the user's tell: it reads a letter as JSON from its standard input. By 0 it says that it was taken, by 65
 * ({@code EX_DATAERR} of sysexits.h) that it never will be, by anything else that it was not taken now.
 */
public final class CommandChannel implements Channel {
    public static final String NAME = "command";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REFUSED = 65;

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final Programs programs;
    private final Duration patience;
    private final Command runner = new Command(new ProcessRunner());

    /**
     * @param command the program, as a path or a name on {@code PATH}, and its arguments
     * @param directory where it runs
     * @param own the daemon's environment, of which it sees all that is not the daemon's or the agent's own
     */
    public CommandChannel(List<String> command, Path directory, Map<String, String> own, boolean windows) {
        this(command, directory, own, windows, PATIENCE);
    }

    CommandChannel(List<String> command, Path directory, Map<String, String> own, boolean windows, Duration patience) {
        this.command = List.copyOf(command);
        this.directory = directory;
        this.environment = seen(own);
        this.programs = new Programs(own, windows);
        this.patience = patience;
    }

    private static Map<String, String> seen(Map<String, String> own) {
        Map<String, String> seen = new TreeMap<>(own);
        seen.keySet().removeIf(name -> {
            String upper = name.toUpperCase(Locale.ROOT);
            return upper.startsWith("ORCHESTRATOR_")
                    || upper.startsWith("ANTHROPIC_")
                    || upper.startsWith("CLAUDE")
                    || upper.startsWith("TELEGRAM_");
        });
        return seen;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Delivery deliver(Letter letter) throws InterruptedException {
        Optional<Path> program = programs.find(command.get(0));
        if (program.isEmpty()) {
            return later("there is no program " + command.get(0));
        }
        List<String> line = new ArrayList<>(command);
        line.set(0, program.get().toString());
        byte[] input = Json.text(Json.full().writer(), letter).getBytes(StandardCharsets.UTF_8);
        return answer(runner.run(line, directory, environment, input, patience));
    }

    private Delivery answer(Command.Result result) {
        if (result instanceof Command.Result.Ended ended) {
            return ended(ended);
        }
        return result instanceof Command.Result.NotStarted failed
                ? later(command.get(0) + " could not be started (" + failed.problem() + ")")
                : later(command.get(0) + " was stopped after " + patience.toSeconds() + " s");
    }

    private Delivery ended(Command.Result.Ended ended) {
        if (ended.exitCode() == 0) {
            return new Delivery.Delivered();
        }
        String said = ended.stderr().strip();
        String why = command.get(0) + " ended with " + ended.exitCode() + (said.isEmpty() ? "" : ": " + said);
        return ended.exitCode() == REFUSED ? new Delivery.Refused(why) : later(why);
    }

    private static Delivery later(String why) {
        return new Delivery.Later(why, null);
    }

    /** A program that is running ends with the thread that waits for it. */
    @Override
    public void close() {}
}
