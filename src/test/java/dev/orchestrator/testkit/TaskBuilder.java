package dev.orchestrator.testkit;

import dev.orchestrator.task.Acceptance;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Notes;
import dev.orchestrator.task.Priority;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskSource;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tasks for tests: what may be left open is, the rest has a value, and a test says only what it is about. */
public final class TaskBuilder {
    private final TaskId id;
    private Priority priority = Priority.MEDIUM;
    private TaskSource source;
    private List<TaskId> after = List.of();
    private String directory;
    private Access access = Access.WRITE;
    private Instant acceptedAt = ManualTime.START;
    private @Nullable String type;
    private List<String> expectedFiles = List.of();
    private List<String> allowedTools = List.of();
    private @Nullable Integer retries;
    private @Nullable String title;
    private @Nullable String model;
    private boolean guarded;
    private @Nullable Acceptance acceptance;
    private boolean coordinated;
    private @Nullable TaskId parent;
    private @Nullable String outputSchema;
    private @Nullable String agent;

    private TaskBuilder(TaskId id) {
        this.id = id;
        this.source = new TaskSource(id + ".task.md", "0".repeat(64), 12);
        this.directory = "/srv/" + id;
    }

    /** A task that writes in a directory of its own. */
    public static TaskBuilder task(String id) {
        return new TaskBuilder(TaskId.parse(id));
    }

    public TaskBuilder from(String file, String sha256) {
        source = new TaskSource(file, sha256, 12);
        return this;
    }

    public TaskBuilder priority(Priority value) {
        priority = value;
        return this;
    }

    public TaskBuilder after(String... ids) {
        after = Stream.of(ids).map(TaskId::parse).toList();
        return this;
    }

    public TaskBuilder reads(String where) {
        directory = where;
        access = Access.READ;
        return this;
    }

    public TaskBuilder writes(String where) {
        directory = where;
        access = Access.WRITE;
        return this;
    }

    public TaskBuilder acceptedAt(Instant at) {
        acceptedAt = at;
        return this;
    }

    public TaskBuilder type(@Nullable String value) {
        type = value;
        return this;
    }

    public TaskBuilder title(String value) {
        title = value;
        return this;
    }

    public TaskBuilder expects(String... globs) {
        expectedFiles = List.of(globs);
        return this;
    }

    public TaskBuilder allows(String... rules) {
        allowedTools = List.of(rules);
        return this;
    }

    public TaskBuilder model(String value) {
        model = value;
        return this;
    }

    /** How {@code task} stands after {@code attempts}. */
    public static TaskView view(Task task, AttemptView... attempts) {
        return new TaskView(
                task,
                TaskStatus.QUEUED,
                1,
                List.of(attempts),
                null,
                0,
                ManualTime.START,
                ManualTime.START,
                null,
                Notes.NONE);
    }

    public TaskBuilder retries(int value) {
        retries = value;
        return this;
    }

    public TaskBuilder guarded() {
        guarded = true;
        return this;
    }

    /** Only when {@code commands} pass; its agent is told of red ones {@code rounds} times. */
    public TaskBuilder acceptedBy(@Nullable Integer rounds, String... commands) {
        acceptance = new Acceptance(List.of(commands), null, rounds);
        return this;
    }

    public TaskBuilder parent(String other) {
        parent = TaskId.parse(other);
        return this;
    }

    public TaskBuilder outputSchema(String json) {
        outputSchema = json;
        return this;
    }

    public TaskBuilder coordinated() {
        coordinated = true;
        return this;
    }

    public TaskBuilder by(String other) {
        agent = other;
        return this;
    }

    public Task build() {
        return new Task(id, source, spec(), directory, access, acceptedAt);
    }

    private TaskSpec spec() {
        return new TaskSpec(
                type,
                title == null ? "Title of " + id : title,
                priority,
                null,
                after,
                null,
                null,
                null,
                null,
                model,
                expectedFiles,
                allowedTools,
                retries,
                List.of(),
                guarded ? true : null,
                acceptance,
                parent,
                outputSchema,
                agent,
                coordinated ? true : null);
    }
}
