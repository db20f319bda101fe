package dev.orchestrator.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds settings among variables, of which most are not ours. An empty variable counts as not set. */
final class Variables {
    /** Start with our prefix and are no settings. */
    private static final Set<String> OTHERS = Set.of("ORCHESTRATOR_HOME", "ORCHESTRATOR_TEST_CACHE");

    private Variables() {}

    static List<Variable> ofEnvironment(Map<String, String> environment) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .map(entry -> new Variable(entry.getKey(), entry.getValue(), "environment " + entry.getKey()))
                        .toList();
    }

    /** A setting's own variable counts more than its aliases. */
    static Collection<Given> givens(List<Variable> variables, SettingsTable table, Findings findings) {
        Map<String, Given> givens = new HashMap<>();
        List<Variable> set = variables.stream()
                .filter(variable -> !variable.value().isBlank())
                .toList();
        for (Variable variable : set) {
            table.ofAlias(variable.name()).ifPresent(found -> {
                String text = found.alias().translation().apply(variable.value().strip());
                String setting = found.setting().name();
                givens.put(setting, new Given(setting, variable.value(), text, variable.source()));
            });
        }
        for (Variable variable : set) {
            table.ofVariable(variable.name())
                    .ifPresentOrElse(
                            setting -> givens.put(
                                    setting.name(), Given.verbatim(setting, variable.value(), variable.source())),
                            () -> noteUnknown(variable, table, findings));
        }
        return givens.values();
    }

    /** No error: another program, or another version of this one, may own it. */
    private static void noteUnknown(Variable variable, SettingsTable table, Findings findings) {
        String name = variable.name();
        if (!name.toUpperCase(Locale.ROOT).startsWith(Setting.PREFIX) || OTHERS.contains(name)) {
            return;
        }
        String hint = table.nearestVariable(name)
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
        String where = variable.source().endsWith(name) ? variable.source() : variable.source() + " (" + name + ")";
        findings.note(where + " is ignored: there is no such setting." + hint);
    }
}
