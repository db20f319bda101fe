package dev.orchestrator.intake.file;

import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.NearestName;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of a task file: which there are, and what each may hold. */
final class FrontMatterKeys {
    private static final String TRUST = "trust_project_config";
    private static final List<String> READ = List.of(
            "id",
            "type",
            "priority",
            "cwd",
            "after",
            "timeout",
            "idle_timeout",
            "max_turns",
            "max_budget_usd",
            "model",
            "expected_files",
            "allowed_tools",
            "retries",
            "labels",
            "guarded",
            "acceptance",
            "acceptance_timeout",
            "acceptance_rounds",
            "parent_task_id",
            "output_schema",
            "agent",
            "coordinator");
    /** One makes the file a reply, which is read elsewhere; the other is for a person alone to say. */
    private static final Set<String> OTHERS = Set.of(ReplyReader.KEY, TRUST);

    /** Written by the predecessor; {@code created} and {@code template_id} say nothing that is needed. */
    private static final Set<String> PREDECESSOR = Set.of("created", "template_id", "timeout_sec");

    private final Map<String, Field> fields;
    private final TypeNames types;

    private FrontMatterKeys(Map<String, Field> fields, TypeNames types) {
        this.fields = fields;
        this.types = types;
    }

    /** Reads one value. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(Value value) throws TaskRejected;
    }

    /** Checks the keys; the values are checked as they are read. */
    static FrontMatterKeys of(FrontMatter frontMatter, Set<String> knownTypes) throws TaskRejected {
        for (Field field : frontMatter.fields().values()) {
            if (field.key().equals(TRUST)) {
                throw trust(field);
            }
            if (!READ.contains(field.key()) && !PREDECESSOR.contains(field.key())) {
                throw unknown(field);
            }
        }
        return new FrontMatterKeys(frontMatter.fields(), new TypeNames(knownTypes));
    }

    /** Those of a template that a task may have as well; the template has checked which there are. */
    static FrontMatterKeys ofTemplate(Map<String, Field> fields) {
        return new FrontMatterKeys(fields, new TypeNames(Set.of()));
    }

    Map<String, Integer> lines() {
        return fields.values().stream().collect(Collectors.toMap(Field::key, Field::keyLine));
    }

    /** By key, of those that hold any. */
    Map<String, List<String>> writtenIds() throws TaskRejected {
        Map<String, List<String>> written = new LinkedHashMap<>();
        Field id = fields.get("id");
        if (id != null) {
            written.put(id.key(), List.of(id.value().text()));
        }
        Field after = fields.get("after");
        if (after != null) {
            written.put(
                    after.key(), after.valuesOrText().stream().map(Value::text).toList());
        }
        return written;
    }

    static boolean isKey(String name) {
        return READ.contains(name) || OTHERS.contains(name) || PREDECESSOR.contains(name);
    }

    /** Null when the file names no id. */
    @Nullable
    TaskId id() throws TaskRejected {
        return one("id", Values::id);
    }

    TaskSpec spec(String title) throws TaskRejected {
        Priority priority = one("priority", Values::priority);
        return new TaskSpec(
                one("type", types::read),
                title,
                priority == null ? Priority.MEDIUM : priority,
                one("cwd", Values::directory),
                after(),
                timeout(),
                one("idle_timeout", Values::duration),
                one("max_turns", value -> Values.whole(value, 1, 1000)),
                one("max_budget_usd", Values::dollars),
                one("model", Values::model),
                each("expected_files", Values::glob),
                each("allowed_tools", ToolRules::rule),
                one("retries", value -> Values.whole(value, 0, 10)),
                labels(),
                one("guarded", Values::yes),
                acceptance(),
                one("parent_task_id", Values::id),
                outputSchema(),
                one("agent", value -> value.text().toLowerCase(Locale.ROOT)),
                one("coordinator", Values::yes));
    }

    private @Nullable Acceptance acceptance() throws TaskRejected {
        List<String> commands = each("acceptance", Value::text);
        if (!commands.isEmpty()) {
            return new Acceptance(
                    commands,
                    one("acceptance_timeout", Values::duration),
                    one("acceptance_rounds", value -> Values.whole(value, 0, 20)));
        }
        for (String key : List.of("acceptance", "acceptance_timeout", "acceptance_rounds")) {
            Field field = fields.get(key);
            if (field != null) {
                throw new TaskRejected(
                        key + ": there is no command to run",
                        field.keyLine(),
                        "Write at least one, as in 'acceptance: [mvn -q test]', or remove the key.");
            }
        }
        return null;
    }

    private @Nullable String outputSchema() throws TaskRejected {
        Field field = fields.get("output_schema");
        return field == null ? null : SchemaReader.read(field);
    }

    private List<TaskId> after() throws TaskRejected {
        Field field = fields.get("after");
        if (field == null) {
            return List.of();
        }
        TaskId own = id();
        Set<TaskId> ids = new LinkedHashSet<>();
        for (Value value : field.valuesOrText()) {
            TaskId id = Values.id(value);
            if (id.equals(own)) {
                throw value.bad("is the task itself, which would wait forever", "Remove the id from 'after'.");
            }
            ids.add(id);
        }
        return List.copyOf(ids);
    }

    private @Nullable Duration timeout() throws TaskRejected {
        Field seconds = fields.get("timeout_sec");
        if (seconds != null && fields.containsKey("timeout")) {
            throw new TaskRejected(
                    "The key 'timeout_sec' is given besides 'timeout'", seconds.keyLine(), "Remove 'timeout_sec'.");
        }
        return seconds == null ? one("timeout", Values::duration) : Values.seconds(seconds.value());
    }

    private List<String> labels() throws TaskRejected {
        Field field = fields.get("labels");
        return field == null
                ? List.of()
                : field.valuesOrText().stream().map(Value::text).distinct().toList();
    }

    private <T> @Nullable T one(String key, Reading<T> reading) throws TaskRejected {
        Field field = fields.get(key);
        return field == null ? null : reading.read(field.value());
    }

    private <T> List<T> each(String key, Reading<T> reading) throws TaskRejected {
        List<T> read = new ArrayList<>();
        Field field = fields.get(key);
        for (Value value : field == null ? List.<Value>of() : field.values()) {
            read.add(reading.read(value));
        }
        return read;
    }

    private static TaskRejected trust(Field field) {
        return new TaskRejected(
                "A task cannot decide whether the settings of its repository count",
                field.keyLine(),
                "Remove the key; a person trusts a directory with `trust DIR`, and no longer with `trust --revoke DIR`.");
    }

    private static TaskRejected unknown(Field field) {
        List<String> all = new ArrayList<>(READ);
        OTHERS.stream().sorted().forEach(all::add);
        String remedy = NearestName.nearest(field.key(), all)
                .map(name -> "Did you mean '" + name + "'?")
                .orElse("Remove it; the keys are " + String.join(", ", READ) + ".");
        return new TaskRejected(Visible.quote(field.key()) + " is not a known key", field.keyLine(), remedy);
    }
}
