package dev.orchestrator.intake.file;

import dev.orchestrator.task.NearestName;
import dev.orchestrator.task.Terms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of a template. What a task may say too is read by the code that reads it there. */
final class TemplateKeys {
    private static final String READ_ONLY = "read_only";
    private static final String EXPECTS_CHANGE = "expects_change";
    private static final String DESCRIPTION = "description";
    private static final String TOOLS = "tools";
    private static final String ACCEPTANCE = "acceptance";
    private static final String OF_TASKS = "allowed_tools";

    /** In the order in which a person would write them. */
    static final List<String> ALL = List.of(
            DESCRIPTION,
            READ_ONLY,
            EXPECTS_CHANGE,
            TOOLS,
            "expected_files",
            ACCEPTANCE,
            "acceptance_timeout",
            "acceptance_rounds",
            "max_turns",
            "timeout",
            "idle_timeout",
            "model");

    private final Map<String, Field> fields;

    private TemplateKeys(Map<String, Field> fields) {
        this.fields = fields;
    }

    static boolean isKey(String name) {
        return ALL.contains(name) || name.equals(OF_TASKS);
    }

    static TemplateHead head(Map<String, Field> fields) throws TaskRejected {
        for (Field field : fields.values()) {
            if (!ALL.contains(field.key())) {
                throw unknown(field);
            }
        }
        return new TemplateKeys(fields).head();
    }

    private TemplateHead head() throws TaskRejected {
        Boolean readOnly = yes(READ_ONLY);
        if (readOnly == null) {
            throw new TaskRejected(
                    "The key '" + READ_ONLY + "' is missing",
                    1,
                    "Add 'read_only: true', or false if it may change files.");
        }
        boolean expectsChange = Boolean.TRUE.equals(yes(EXPECTS_CHANGE));
        Field description = fields.get(DESCRIPTION);
        TemplateDefaults defaults = TemplateDefaults.of(asOfATask().spec(""));
        if (readOnly) {
            refuseContradictions(expectsChange);
        }
        return new TemplateHead(
                description == null ? "" : description.value().text(), readOnly, expectsChange, defaults);
    }

    /** Under the names by which a task has them. A message has the name that was written. */
    private FrontMatterKeys asOfATask() {
        Map<String, Field> renamed = new HashMap<>(fields);
        renamed.keySet().removeAll(Set.of(DESCRIPTION, READ_ONLY, EXPECTS_CHANGE, TOOLS));
        Field tools = fields.get(TOOLS);
        if (tools != null) {
            renamed.put(OF_TASKS, tools);
        }
        return FrontMatterKeys.ofTemplate(renamed);
    }

    /** Others are at work in a directory that is only read: nothing may run in it that changes what it likes. */
    private void refuseContradictions(boolean expectsChange) throws TaskRejected {
        Field tools = fields.get(TOOLS);
        for (Value tool : tools == null ? List.<Value>of() : tools.values()) {
            if (Terms.runsPrograms(tool.text())) {
                throw tool.bad("has programs run, and the template is read-only", writable(TOOLS));
            }
        }
        Field acceptance = fields.get(ACCEPTANCE);
        if (acceptance != null) {
            throw new TaskRejected(
                    "The key 'acceptance' has programs run, and the template is read-only",
                    acceptance.keyLine(),
                    writable(ACCEPTANCE));
        }
        Field expected = fields.get(EXPECTS_CHANGE);
        if (expectsChange && expected != null) {
            throw new TaskRejected(
                    "The template expects a change and allows none", expected.keyLine(), writable(EXPECTS_CHANGE));
        }
    }

    private static String writable(String key) {
        return "Write 'read_only: false', or remove it from '" + key + "'.";
    }

    private @Nullable Boolean yes(String key) throws TaskRejected {
        Field field = fields.get(key);
        return field == null ? null : Values.yes(field.value());
    }

    private static TaskRejected unknown(Field field) {
        String near = field.key().equals(OF_TASKS)
                ? TOOLS
                : NearestName.nearest(field.key(), ALL).orElse("");
        String remedy = near.isEmpty()
                ? "Remove it; the keys of a template are " + String.join(", ", ALL) + "."
                : "Did you mean '" + near + "'?";
        return new TaskRejected(
                Visible.quote(field.key()) + " is not a known key of a template", field.keyLine(), remedy);
    }
}
