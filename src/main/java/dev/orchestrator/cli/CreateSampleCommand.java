package dev.orchestrator.cli;

import dev.orchestrator.config.Home;
import dev.orchestrator.intake.TaskDrop;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.NearestName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create-sample",
        mixinStandardHelpOptions = true,
        description = "Prints a task file with every key explained, to start from.")
final class CreateSampleCommand extends HomeCommand {
    @Option(names = "--type", paramLabel = "NAME", description = "A template name (default: ${DEFAULT-VALUE}).")
    private String type = "analyze";

    @Option(names = "--drop", description = "Put it into tasks/, where a daemon runs it, instead of printing it.")
    private boolean drop;

    @Override
    public Integer call() throws IOException {
        Home home = drop ? home() : homeOrNew();
        Set<String> types = new Templates(home.templates()).names();
        if (!types.contains(type)) {
            String known = NearestName.nearest(type, types)
                    .map(name -> "Did you mean '" + name + "'?")
                    .orElse("There are " + String.join(", ", types) + ".");
            throw usage("There is no template '" + type + "'. " + known);
        }
        String text = SampleTask.of(type);
        if (drop) {
            TaskDrop.Dropped dropped = new TaskDrop(home).drop("sample.task.md", text.getBytes(StandardCharsets.UTF_8));
            out().println("Dropped " + home.relative(dropped.file()));
        } else {
            out().print(text);
        }
        return ExitCode.DONE.code();
    }
}
