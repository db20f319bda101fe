package dev.orchestrator.config;

import static dev.orchestrator.config.ValueTypes.choice;
import static dev.orchestrator.config.ValueTypes.commandLine;
import static dev.orchestrator.config.ValueTypes.paths;
import static dev.orchestrator.config.ValueTypes.variableGlobs;
import static dev.orchestrator.config.ValueTypes.yesOrNo;

import dev.orchestrator.agent.command.AnswerForm;
import dev.orchestrator.task.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Agents that are programs of the user's choice, under names that the user gives; rows of {@link Settings}. */
final class AgentsSettings {
    /** The agent that is there without any settings. */
    static final String BUILT_IN = "claude";

    private static final Rows ROWS = new Rows();

    static final Setting<List<String>> COMMAND = ROWS.row(
            "agents.NAME.command",
            commandLine(),
            List.of(),
            "How the program is started that tasks with `agent: NAME` are given to: it reads the task from its standard"
                    + " input and ends when it is done. The first word is a path, or a name that is looked up in `PATH`.");

    static final Setting<AnswerForm> OUTPUT = ROWS.row(
            "agents.NAME.output",
            choice(AnswerForm.class),
            AnswerForm.TEXT,
            "What it prints: its answer, or one JSON object with `result`, and perhaps `is_error`, `error`, `session_id`,"
                    + " `cost_usd` and `usage`.");

    static final Setting<List<String>> PASS_ENV = ROWS.row(
            "agents.NAME.pass_env",
            variableGlobs(),
            List.of(),
            "Environment variables that it gets beyond the built-in list, such as the one with its key.");

    static final Setting<List<Path>> WRITABLE = ROWS.row(
            "agents.NAME.writable",
            paths(),
            List.of(),
            "What it may change besides the directory of its task: where it keeps its login and its sessions.");

    static final Setting<Boolean> UNSANDBOXED = ROWS.row(
            "agents.NAME.unsandboxed",
            yesOrNo(),
            false,
            "Whether it may run without a sandbox, where nothing at all keeps it from doing what you may do.");

    static final OpenGroup GROUP = new OpenGroup("agents", ROWS.all());

    private AgentsSettings() {}

    /** What is wrong with agents taken together; of what was wrong with a single value nothing is said again. */
    static List<Problem> problems(Values values) {
        List<Problem> problems = new ArrayList<>();
        for (String name : GROUP.names(values.names())) {
            problem(name, values).ifPresent(problems::add);
        }
        values.find(Settings.AGENT)
                .filter(name -> !isThere(name, values))
                .ifPresent(name -> problems.add(unknown(name, values)));
        return problems;
    }

    private static Optional<Problem> problem(String name, Values values) {
        String source =
                values.sources(GROUP.group() + "." + name + ".").findFirst().orElse(Provenance.DEFAULT);
        if (name.equals(BUILT_IN)) {
            return Optional.of(Problem.ofName(
                    "agents." + name,
                    source,
                    "is the name of the agent that is built in",
                    "Give it another name; how the built-in one is started `claude.command` says."));
        }
        Setting<List<String>> command = OpenGroup.of(COMMAND, name);
        return values.find(command)
                .filter(List::isEmpty)
                .map(none -> Problem.ofName(
                        command.name(),
                        source,
                        "is not set",
                        "Write how the program is started, such as [" + name + ", -]."));
    }

    private static boolean isThere(String name, Values values) {
        return name.equals(BUILT_IN) || GROUP.names(values.names()).contains(name);
    }

    private static Problem unknown(String name, Values values) {
        List<String> names = new ArrayList<>(List.of(BUILT_IN));
        names.addAll(GROUP.names(values.names()));
        String source = values.sources(Settings.AGENT.name()).findFirst().orElse(Provenance.DEFAULT);
        return Problem.of(Settings.AGENT, Given.verbatim(Settings.AGENT, name, source), "is not the name of an agent")
                .withRemedy(NearestName.nearest(name, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("The agents are " + String.join(", ", names) + "; `agents.NAME.command` adds one."));
    }
}
