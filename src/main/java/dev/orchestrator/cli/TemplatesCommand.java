package dev.orchestrator.cli;

import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Provenance;
import dev.orchestrator.mediator.Template;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.task.NearestName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "templates",
        mixinStandardHelpOptions = true,
        description = "Lists the templates, where each comes from, and what is wrong with your own; or shows one.")
final class TemplatesCommand extends ReadCommand {
    private final Map<String, String> environment;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one, with all that it says.")
    private @Nullable String name;

    /** @param environment of this process, for settings */
    TemplatesCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** {@code --json} of all. */
    record Report(String schemaVersion, boolean valid, List<Line> templates, List<String> misnamed) {}

    /** What is null nobody can say of one that is not valid. */
    record Line(
            String name,
            Templates.Origin origin,
            @Nullable String file,
            boolean valid,
            @Nullable Boolean readOnly,
            @Nullable String description,
            @Nullable String problem) {}

    /** {@code --json} of one. */
    record One(
            String schemaVersion,
            Line template,
            List<TemplateDetails.Row> effective,
            @Nullable String guidance) {}

    @Override
    public Integer call() {
        Templates templates = new Templates(home().templates());
        List<Templates.Listed> all = templates.list();
        return (name == null ? list(all, templates.misnamed()) : one(name, all)).code();
    }

    private ExitCode list(List<Templates.Listed> all, List<String> misnamed) {
        List<Line> lines = all.stream().map(TemplatesCommand::line).toList();
        boolean valid = lines.stream().allMatch(Line::valid);
        if (asJson()) {
            print(new Report(SCHEMA_VERSION, valid, lines, misnamed));
        } else {
            print(lines);
            misnamed.forEach(file -> out().println("Note: " + Shown.line(file, 200)
                    + " is no template: its name has to be small letters, digits and underscores."));
        }
        return valid ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Line line(Templates.Listed listed) {
        if (listed.search() instanceof Templates.Search.Found found) {
            Template template = found.template();
            return new Line(
                    listed.name(),
                    listed.origin(),
                    listed.file(),
                    true,
                    template.readOnly(),
                    template.description(),
                    null);
        }
        String problem = listed.search() instanceof Templates.Search.Invalid invalid
                ? invalid.problem()
                : "template " + listed.file() + " was removed just now";
        return new Line(listed.name(), listed.origin(), listed.file(), false, null, null, problem);
    }

    private void print(List<Line> lines) {
        int longest =
                lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
        int from = lines.stream().mapToInt(line -> origin(line).length()).max().orElse(0);
        for (Line line : lines) {
            String description = line.description() == null ? "not valid" : line.description();
            out().println(Shown.pad(line.name(), longest) + "  " + Shown.pad(access(line), 9) + "  "
                    + Shown.pad(origin(line), from) + "  " + Shown.line(description, 200));
        }
        lines.stream()
                .filter(line -> line.problem() != null)
                .forEach(line -> out().println(Shown.line(String.valueOf(line.problem()), 1_000)));
    }

    private static String access(Line line) {
        if (line.readOnly() == null) {
            return "-";
        }
        return line.readOnly() ? "read-only" : "may write";
    }

    private static String origin(Line line) {
        return switch (line.origin()) {
            case BUILT_IN -> "built in";
            case OWN -> String.valueOf(line.file());
            case OVERRIDES -> line.file() + ", overrides built in";
        };
    }

    private ExitCode one(String wanted, List<Templates.Listed> all) {
        Templates.Listed listed = all.stream()
                .filter(each -> each.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> usage(unknown(wanted, all)));
        Line line = line(listed);
        if (!(listed.search() instanceof Templates.Search.Found found)) {
            if (!asJson()) {
                throw failed(String.valueOf(line.problem()));
            }
            print(new One(SCHEMA_VERSION, line, List.of(), null));
            return ExitCode.FAILED;
        }
        Template template = found.template();
        List<TemplateDetails.Row> rows = TemplateDetails.rows(template, settings());
        if (asJson()) {
            print(new One(SCHEMA_VERSION, line, rows, template.guidance()));
        } else {
            print(line, rows, template);
        }
        return ExitCode.DONE;
    }

    private static String unknown(String wanted, List<Templates.Listed> all) {
        List<String> names = all.stream().map(Templates.Listed::name).toList();
        return "There is no template '" + Shown.line(wanted, 100) + "'. "
                + NearestName.nearest(wanted, names)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("There are " + String.join(", ", names) + ".");
    }

    /** By name; none when they cannot be used, which {@code config} explains. */
    private Map<String, Provenance> settings() {
        return ConfigLoader.load(home(), Map.of(), environment) instanceof ConfigOutcome.Loaded loaded
                ? loaded.provenance().stream().collect(Collectors.toMap(Provenance::setting, row -> row))
                : Map.of();
    }

    private void print(Line line, List<TemplateDetails.Row> rows, Template template) {
        out().println(bold(line.name()) + "  " + access(line) + "  " + origin(line));
        if (!template.description().isEmpty()) {
            out().println(Shown.line(template.description(), 400));
        }
        out().println();
        int key = rows.stream().mapToInt(row -> row.key().length()).max().orElse(0);
        for (TemplateDetails.Row row : rows) {
            String value = row.value().isEmpty() ? "-" : Shown.line(row.value(), 1_000);
            out().println(Shown.pad(row.key(), key) + "  " + value + "  (" + Shown.line(row.source(), 200) + ")");
        }
        out().println();
        out().println(Shown.safe(template.guidance()));
    }
}
