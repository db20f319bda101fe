package dev.orchestrator.config;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads every layer and resolves a table of settings from them. */
final class SettingsReader {
    private static final String WITH_OWN_FLAG = "workers";

    private final SettingsTable table;

    /** @param values complete only when there are no problems */
    record Reading(Values values, List<Problem> problems, List<String> notes) {}

    SettingsReader(SettingsTable table) {
        this.table = table;
    }

    Reading read(Home home, Map<String, String> flags, Map<String, String> environment) {
        Findings findings = new Findings();
        Map<Layer, Collection<Given>> layers = new EnumMap<>(Layer.class);
        layers.put(Layer.FLAG, flags(flags, findings));
        layers.put(Layer.ENVIRONMENT, Variables.givens(Variables.ofEnvironment(environment), table, findings));
        layers.put(Layer.DOTENV, Variables.givens(DotEnv.read(home.dotenv(), findings), table, findings));
        layers.put(Layer.FILE, YamlFile.read(home.settings(), table, findings));
        Values values = Values.resolve(table, new Layers(layers), findings);
        return new Reading(values, findings.problems(), findings.notes());
    }

    private Collection<Given> flags(Map<String, String> flags, Findings findings) {
        Map<String, Given> givens = new HashMap<>();
        flags.forEach((name, value) -> table.named(name)
                .ifPresentOrElse(
                        setting -> givens.put(name, Given.verbatim(setting, value, flag(name))),
                        () -> findings.problem(unknown(name))));
        return givens.values();
    }

    /** As the user wrote it: one setting has a flag of its own, all others are given with {@code --set NAME=VALUE}. */
    private static String flag(String name) {
        return name.equals(WITH_OWN_FLAG) ? "--" + name : "--set";
    }

    private Problem unknown(String name) {
        return Problem.ofName(name, flag(name), "is not a setting", table.remedy(name));
    }
}
