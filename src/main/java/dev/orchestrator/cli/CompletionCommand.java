package dev.orchestrator.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a completion script for bash and zsh.",
            "Use it with an alias or script called orchestrator: source <(orchestrator completion)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Supplier<CommandLine> everything;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** @param everything the program with all its commands, of which this process knows only the meant one */
    CompletionCommand(Supplier<CommandLine> everything) {
        this.everything = everything;
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("orchestrator", everything.get()));
        return ExitCode.DONE.code();
    }
}
