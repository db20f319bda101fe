package dev.orchestrator.config;

import dev.orchestrator.config.SettingsReader.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The configuration in force, which follows the files of its home when it is told to look at them. Whoever must follow keeps
 * this and asks each time; whoever needs one consistent picture for a while asks once. Thread-safe.
 */
public final class LiveConfig implements Supplier<Config> {
    private final Home home;
    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private volatile InForce inForce;

    private record InForce(Config config, Values values) {}

    private LiveConfig(Home home, Map<String, String> flags, Map<String, String> environment, InForce inForce) {
        this.home = home;
        this.flags = Map.copyOf(flags);
        this.environment = Map.copyOf(environment);
        this.inForce = inForce;
    }

    /** What came of reading it for the first time. */
    public sealed interface First {
        /** @param notes sentences for the user about what was ignored */
        record Loaded(LiveConfig config, List<String> notes) implements First {}

        record Invalid(List<Problem> problems) implements First {}
    }

    /** What came of looking again. */
    public sealed interface Look {
        /** @param changes none when every setting is as it was */
        record Followed(Config before, Config after, List<SettingChange> changes) implements Look {
            public Followed {
                changes = List.copyOf(changes);
            }
        }

        /** All settings are as they were. */
        record Refused(List<Problem> problems) implements Look {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Parameters as for {@link ConfigLoader#load}; flags and environment stay as they are. */
    public static First read(Home home, Map<String, String> flags, Map<String, String> environment) {
        Reading reading = ConfigLoader.read(home, flags, environment);
        List<Problem> problems = ConfigLoader.problems(reading);
        return problems.isEmpty()
                ? new First.Loaded(new LiveConfig(home, flags, environment, inForce(reading, home)), reading.notes())
                : new First.Invalid(problems);
    }

    private static InForce inForce(Reading reading, Home home) {
        return new InForce(Config.from(reading.values(), home), reading.values());
    }

    @Override
    public Config get() {
        return inForce.config();
    }

    /** Reads the files again. All that they say counts from now on, or, when anything in them is wrong, nothing does. */
    public synchronized Look look() {
        Reading reading = ConfigLoader.read(home, flags, environment);
        List<Problem> problems = ConfigLoader.problems(reading);
        if (!problems.isEmpty()) {
            return new Look.Refused(problems);
        }
        InForce before = inForce;
        InForce after = inForce(reading, home);
        List<SettingChange> changes = changes(before.values(), after.values());
        if (!changes.isEmpty()) {
            inForce = after;
        }
        return new Look.Followed(before.config(), after.config(), changes);
    }

    /** By what was read and not by what is shown: of a secret nothing is. */
    private static List<SettingChange> changes(Values before, Values after) {
        Map<String, Provenance> then = byName(before);
        Map<String, Provenance> now = byName(after);
        List<String> names = new ArrayList<>(now.keySet());
        then.keySet().stream().filter(name -> !now.containsKey(name)).forEach(names::add);
        List<SettingChange> changes = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(before.raw(name), after.raw(name))) {
                Provenance old = then.getOrDefault(name, new Provenance(name, "", Provenance.DEFAULT));
                Provenance current = now.getOrDefault(name, new Provenance(name, "", Provenance.DEFAULT));
                changes.add(new SettingChange(name, old.value(), current.value(), current.source()));
            }
        }
        return changes;
    }

    private static Map<String, Provenance> byName(Values values) {
        Map<String, Provenance> byName = new LinkedHashMap<>();
        values.provenance().forEach(each -> byName.put(each.setting(), each));
        return byName;
    }
}
