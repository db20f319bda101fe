package dev.orchestrator.cli;

import dev.orchestrator.task.TaskId;
import dev.orchestrator.view.FileCheck;
import dev.orchestrator.view.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate-artifacts",
        mixinStandardHelpOptions = true,
        description = "Holds every artifact, the index, the state and the journal against their JSON Schemas.")
final class ValidateArtifactsCommand extends ReadCommand {
    private final Supplier<Schemas> schemas;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Only the artifacts of these tasks.")
    private List<String> ids = new ArrayList<>();

    ValidateArtifactsCommand(Supplier<Schemas> schemas) {
        this.schemas = schemas;
    }

    /** {@code --json}. */
    record Report(String schemaVersion, boolean valid, int checked, List<FileCheck.Result> invalid) {}

    @Override
    public Integer call() throws IOException {
        List<TaskId> tasks = ids.stream().map(this::taskId).toList();
        FileCheck check = new FileCheck(home(), schemas.get());
        List<FileCheck.Result> bad = new ArrayList<>();
        int[] checked = {0};
        FileCheck.Listener listener = result -> {
            checked[0]++;
            if (!result.valid()) {
                bad.add(result);
                printBad(result);
            }
        };
        if (tasks.isEmpty()) {
            check.all(listener);
        }
        for (TaskId task : tasks) {
            if (!check.task(task, listener)) {
                listener.checked(new FileCheck.Result(
                        home().relative(home().artifact(task)),
                        List.of("there is no such artifact"),
                        "`status " + task + "` shows how the task stands."));
            }
        }
        return end(checked[0], bad).code();
    }

    private void printBad(FileCheck.Result result) {
        if (!asJson()) {
            out().println(result.file() + ":");
            result.problems().forEach(problem -> out().println("  " + Shown.line(problem, 400)));
            out().println("  next: " + result.remedy());
        }
    }

    private ExitCode end(int checked, List<FileCheck.Result> bad) {
        if (asJson()) {
            print(new Report(SCHEMA_VERSION, bad.isEmpty(), checked, bad));
        } else if (checked == 0) {
            out().println("Nothing here yet: " + home().root() + " has no artifacts and no journal.");
        } else if (bad.isEmpty()) {
            out().println("OK: " + checked + " files");
        } else {
            out().println(bad.size() + " of " + checked + " files are not as they should be.");
        }
        return bad.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
