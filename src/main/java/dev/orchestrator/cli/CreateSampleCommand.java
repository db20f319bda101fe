package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.intake.TaskDrop;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.NearestName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "create-sample",
        mixinStandardHelpOptions = true,
        description = "Prints a task file with every key explained, to start from.")
final class CreateSampleCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RootCommand root;

    @Option(names = "--type", paramLabel = "NAME", description = "A template name (default: ${DEFAULT-VALUE}).")
    private String type = "analyze";

    @Option(names = "--drop", description = "Put it into tasks/, where a daemon runs it, instead of printing it.")
    private boolean drop;

    @Override
    public Integer call() throws IOException {
        Home home = root.home();
        Set<String> types = new Templates(home.templates()).names();
        if (!types.contains(type)) {
            String known = NearestName.nearest(type, types)
                    .map(name -> "Did you mean '" + name + "'?")
                    .orElse("There are " + String.join(", ", types) + ".");
            throw new ParameterException(spec.commandLine(), "There is no template '" + type + "'. " + known);
        }
        PrintWriter out = spec.commandLine().getOut();
        String text = SampleTask.of(type);
        if (drop) {
            TaskDrop.Dropped dropped = new TaskDrop(home).drop("sample.task.md", text.getBytes(StandardCharsets.UTF_8));
            out.println("Dropped " + home.relative(dropped.file()));
        } else {
            out.print(text);
        }
        return ExitCode.DONE.code();
    }
}
