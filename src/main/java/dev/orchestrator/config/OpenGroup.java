package dev.orchestrator.config;

import dev.orchestrator.task.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings of which there may be any number, each set of them under a name that the user gives:
 *
 * <pre>
 * agents.NAME.command        the row
 * agents.codex.command       the setting
 * </pre>
 *
 * @param group the part before the name
 * @param rows named {@code group.NAME.key}
 */
record OpenGroup(String group, List<Setting<?>> rows) {
    static final String ANY = "NAME";

    /** No underscore: in a variable nobody could tell the name's own from the others. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final int LONGEST = 40;

    OpenGroup {
        rows = List.copyOf(rows);
    }

    /** The setting that {@code row} is for {@code name}. */
    static <T> Setting<T> of(Setting<T> row, String name) {
        return new Setting<>(
                row.name().replace("." + ANY + ".", "." + name + "."),
                row.type(),
                row.defaultValue(),
                row.meaning(),
                List.of());
    }

    /** @param setting {@code agents.codex.command} */
    Optional<Setting<?>> named(String setting) {
        return rows.stream()
                .<Setting<?>>flatMap(row -> name(row, setting).map(name -> of(row, name)).stream())
                .findFirst();
    }

    private static Optional<String> name(Setting<?> row, String setting) {
        int at = row.name().indexOf(ANY);
        String before = row.name().substring(0, at);
        String behind = row.name().substring(at + ANY.length());
        boolean fits = setting.startsWith(before)
                && setting.endsWith(behind)
                && setting.length() > before.length() + behind.length();
        return fits
                ? Optional.of(setting.substring(before.length(), setting.length() - behind.length()))
                        .filter(OpenGroup::isName)
                : Optional.empty();
    }

    /** @param variable {@code ORCHESTRATOR_AGENTS_CODEX_COMMAND} */
    Optional<Setting<?>> ofVariable(String variable) {
        String beginning = Setting.PREFIX + group.toUpperCase(Locale.ROOT) + "_";
        for (Setting<?> row : rows) {
            String end = "_" + key(row).toUpperCase(Locale.ROOT);
            if (variable.startsWith(beginning)
                    && variable.endsWith(end)
                    && variable.length() > beginning.length() + end.length()) {
                String middle = variable.substring(beginning.length(), variable.length() - end.length());
                String name = middle.toLowerCase(Locale.ROOT).replace('_', '-');
                return isName(name) ? Optional.of(of(row, name)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean isGroup(String setting) {
        return setting.equals(group)
                || (setting.startsWith(group + ".") && isName(setting.substring(group.length() + 1)));
    }

    /** All settings of each name that one of {@code given} has. */
    Stream<Setting<?>> settings(Collection<String> given) {
        return names(given).stream().flatMap(name -> rows.stream().map(row -> of(row, name)));
    }

    /** The names in {@code given}, which are names of settings. */
    Collection<String> names(Collection<String> given) {
        TreeSet<String> names = new TreeSet<>();
        for (String setting : given) {
            rows.forEach(row -> name(row, setting).ifPresent(names::add));
        }
        return names;
    }

    /** What to do about {@code unknown}; empty when it has nothing to do with this group. */
    Optional<String> remedy(String unknown) {
        if (!unknown.startsWith(group + ".")) {
            return Optional.empty();
        }
        String rest = unknown.substring(group.length() + 1);
        String name = rest.substring(0, rest.indexOf('.') < 0 ? rest.length() : rest.indexOf('.'));
        if (!isName(name)) {
            return Optional.of(
                    "A name here is at most " + LONGEST + " small letters and digits, with single - between.");
        }
        List<String> keys = rows.stream().map(OpenGroup::key).toList();
        String key = rest.substring(Math.min(rest.length(), name.length() + 1));
        return Optional.of(NearestName.nearest(key, keys)
                .map(near -> "Did you mean " + group + "." + name + "." + near + "?")
                .orElse("Remove it; an agent has " + String.join(", ", keys) + "."));
    }

    private static String key(Setting<?> row) {
        return row.name().substring(row.name().lastIndexOf('.') + 1);
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }
}
