package dev.orchestrator.cli;

import dev.orchestrator.task.Talk;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "reply",
        mixinStandardHelpOptions = true,
        description = "Goes on with a task that is over, or whose agent asked something: the agent is told TEXT.")
final class ReplyCommand extends ControlCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The task.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TEXT",
            description = "What the agent is told; - reads it from standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> words;

    private final InputStream in;

    ReplyCommand(InputStream in, TimeSource time) {
        super(time);
        this.in = in;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String text = words.equals(List.of("-"))
                ? new String(in.readNBytes(4 * Talk.LONGEST_OPENING), StandardCharsets.UTF_8)
                : String.join(" ", words);
        if (text.isBlank()) {
            throw new CommandFailed(ExitCode.USAGE, "There is nothing to tell the agent.");
        }
        if (text.length() > Talk.LONGEST_OPENING) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "That is longer than " + Talk.LONGEST_OPENING + " characters. Put it into a file, and name that.");
        }
        return give("reply", taskId(id), text.strip());
    }
}
