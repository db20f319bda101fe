package dev.orchestrator.health;

import dev.orchestrator.config.CommandAgentConfig;
import dev.orchestrator.config.Config;
import dev.orchestrator.process.Programs;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the programs are there that the settings make agents. */
final class AgentChecks {
    private AgentChecks() {}

    static Check of(Settings settings, Map<String, String> environment) {
        Programs programs = new Programs(environment, File.separatorChar == '\\');
        return new Check("agents", "programs", settings.ifValid(config -> look(config, programs)));
    }

    private static CheckResult look(Config config, Programs programs) {
        Map<String, CommandAgentConfig> agents = new TreeMap<>(config.agents());
        if (agents.isEmpty()) {
            return CheckResult.ok("none besides claude");
        }
        List<String> missing = agents.keySet().stream()
                .filter(name -> programs.find(program(agents, name)).isEmpty())
                .map(name -> "`" + program(agents, name) + "` of the agent " + name)
                .toList();
        return missing.isEmpty()
                ? CheckResult.ok(String.join(", ", agents.keySet()))
                : CheckResult.fail(
                        "not there: " + String.join(", ", missing),
                        "Install what is missing, or correct `agents.NAME.command`.");
    }

    private static String program(Map<String, CommandAgentConfig> agents, String name) {
        CommandAgentConfig agent = agents.get(name);
        return agent == null ? "" : agent.command().get(0);
    }
}
