package dev.orchestrator.cli;

import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Problem;
import dev.orchestrator.config.Provenance;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows every setting, its value and where it came from, or what is wrong with them.")
final class ConfigCommand extends ReadCommand {
    private final Map<String, String> environment;

    ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** {@code --json} when the settings can be used, and when they cannot. */
    record Report(
            String schemaVersion,
            boolean valid,
            List<Provenance> settings,
            List<String> notes,
            List<ProblemReport> problems) {}

    record ProblemReport(String setting, String value, String source, String message, String remedy) {
        static ProblemReport of(Problem problem) {
            return new ProblemReport(
                    problem.setting().orElse(""),
                    problem.value().orElse(""),
                    problem.source(),
                    problem.message(),
                    problem.remedy());
        }
    }

    @Override
    public Integer call() {
        ConfigOutcome outcome = ConfigLoader.load(home(), Map.of(), environment);
        if (outcome instanceof ConfigOutcome.Invalid invalid) {
            return failed(invalid.problems()).code();
        }
        ConfigOutcome.Loaded loaded = (ConfigOutcome.Loaded) outcome;
        if (asJson()) {
            print(new Report(SCHEMA_VERSION, true, loaded.provenance(), loaded.notes(), List.of()));
        } else {
            print(loaded);
        }
        return ExitCode.DONE.code();
    }

    private ExitCode failed(List<Problem> problems) {
        if (asJson()) {
            List<ProblemReport> all = problems.stream().map(ProblemReport::of).toList();
            print(new Report(SCHEMA_VERSION, false, List.of(), List.of(), all));
            return ExitCode.CONFIGURATION;
        }
        throw new CommandFailed(
                ExitCode.CONFIGURATION,
                String.join("\n", problems.stream().map(Problem::toString).toList()));
    }

    private void print(ConfigOutcome.Loaded loaded) {
        int name = 0;
        int value = 0;
        for (Provenance row : loaded.provenance()) {
            name = Math.max(name, row.setting().length());
            value = Math.max(value, Math.min(40, row.value().length()));
        }
        for (Provenance row : loaded.provenance()) {
            out().println(Shown.pad(row.setting(), name) + "  " + Shown.pad(Shown.line(row.value(), 400), value) + "  "
                    + row.source());
        }
        loaded.notes().forEach(note -> out().println("Note: " + Shown.line(note, 400)));
    }
}
