package dev.orchestrator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Writes {@code docs/CONFIGURATION.md} from a table of settings, so that the page cannot say anything else. */
final class ConfigurationDoc {
    private static final String INTRO = """
            # Configuration

            <!-- Generated from the table of settings in the code. Do not edit: ConfigurationDocTest says how to renew it. -->

            Everything works without any of this. A setting can be given in five places; the first one that gives it wins:

            1. a command line flag of `run`: `--set workers=4`; for this one setting also `--workers 4`
            2. an environment variable (`ORCHESTRATOR_WORKERS=4`)
            3. a line of `.env` in the home (`ORCHESTRATOR_WORKERS=4`)
            4. `orchestrator.yaml` in the home (`workers: 4`)
            5. the default

            `config` prints every setting with its value and the place it came from. A value that cannot be used stops the
            start with exit code 3 and a list of all such values; so does a name behind `--set` or in
            `orchestrator.yaml` that is no setting.
            Variables that are not ours are left alone; one that starts with `ORCHESTRATOR_` and is no setting is mentioned.

            ## While the daemon runs

            An edit of `.env` or `orchestrator.yaml` counts within a second or two, for every setting, without a restart: for whatever begins from
            then on. A run that is under way keeps the limits and the bounds that it began with, and a task the directory that it was accepted for. With fewer
            `workers` what runs goes on. The event `config_reloaded` lists what is different (setting, before, after, and where it stands; secrets as `***`, and of the address of a webhook the server). When
            anything in the files is wrong, all settings stay as they were, and `config_refused` and the log say what it is. A file that is empty or gone
            counts as that when it has been so for five seconds: editors empty a file before they write it.

            `reload` has the files read at once and prints what is different; so does SIGHUP, unless it comes from a terminal that was closed, which ends the daemon
            in good order as ever. Flags and the environment of the daemon stay what they were at its start.

            ## How to write it

            **Names.** In the YAML file, dots and groups mean the same, and in a variable a dot becomes `_`:

            ```yaml
            workers: 4
            claude.timeout: 90m
            claude:
              idle_timeout: 10m
              allowed_roots: [code, /srv/shared]
            ```

            ```shell
            # .env
            ORCHESTRATOR_CLAUDE_TIMEOUT=90m
            export ORCHESTRATOR_CLAUDE_ALLOWED_ROOTS="code,/srv/shared"   # quotes and export are optional
            ```

            **Durations** are a whole number and a unit: `250ms`, `90s`, `5m`, `2h`, `1d`. A number alone is refused.

            **Sizes** likewise: `64B`, `512KB`, `1MB`, `2GB`, where 1 KB is 1024 bytes.

            **Lists** are separated by commas, or are YAML lists in the YAML file. An item cannot contain a comma.

            **Command lines** are words with blanks between, quoted where they have blanks of their own, or a YAML list of
            words. There is no shell: `|`, `>` and `$NAME` need `sh -c '...'`.

            **NAME** in a name is one that you give: small letters and digits, with single `-` between. In a variable it is in
            capitals, with `_` for `-`.

            **Paths** that are relative start at the home. `~` is not replaced. A backslash is an ordinary character in
            `.env` and in unquoted YAML: `C:\\Users\\me` needs no doubling.

            **Empty.** An empty variable counts as not set, and so does a YAML name without a value. An empty flag, or `''`
            in the YAML file, is an empty value: no items for a list, none for a setting that has no default.
            """;

    private final SettingsTable table;

    ConfigurationDoc(SettingsTable table) {
        this.table = table;
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(INTRO);
        lines.add("## Settings\n");
        settings().stream().map(Setting::group).distinct().forEach(group -> addGroup(lines, group));
        addAliases(lines);
        return String.join("\n", lines) + "\n";
    }

    private void addGroup(List<String> lines, String group) {
        lines.add("### " + (group.isEmpty() ? "General" : "`" + group + "`") + "\n");
        lines.add("| setting | default | meaning | value | variable |");
        lines.add("|---|---|---|---|---|");
        settings().stream()
                .filter(setting -> setting.group().equals(group))
                .map(ConfigurationDoc::row)
                .forEach(lines::add);
        lines.add("");
    }

    private void addAliases(List<String> lines) {
        lines.add("## Names of others\n");
        lines.add("These variables work too, in the environment and in `.env`. Where both are set, ours counts.\n");
        lines.add("| variable | sets | difference |");
        lines.add("|---|---|---|");
        for (Setting<?> setting : table) {
            for (Alias alias : setting.aliases()) {
                lines.add(cells(code(alias.variable()), code(setting.name()), alias.difference()));
            }
        }
    }

    private List<Setting<?>> settings() {
        return Stream.concat(StreamSupport.stream(table.spliterator(), false), table.openRows().stream())
                .collect(Collectors.toList());
    }

    private static <T> String row(Setting<T> setting) {
        String byDefault = setting.type().print(setting.defaultValue());
        return cells(
                code(setting.name()),
                byDefault.isEmpty() ? "none" : code(byDefault),
                setting.meaning(),
                setting.type().form(),
                code(setting.variable()));
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
