package dev.orchestrator.telegram;

import dev.orchestrator.control.Commands;
import dev.orchestrator.control.Commands.Reply;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.task.ReplySource;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remembers what it was asked for, in order. */
final class FakeDesk implements Desk, Commands {
    final List<String> done = new ArrayList<>();
    final Map<TaskId, String> dropped = new LinkedHashMap<>();
    final List<String> attached = new ArrayList<>();
    final List<ReplySource> sources = new ArrayList<>();
    List<TaskView> active = List.of();
    Reply answer = Reply.done("fine");
    String shown = "a table";
    List<String> templates = List.of("analyze", "bug_fix");
    boolean full;
    boolean unreadable;

    @Nullable
    Instant ended;

    @Nullable
    Instant paused;

    @Override
    public String ask(List<String> command) {
        done.add(String.join(" ", command));
        if (shown == null) {
            throw new IllegalStateException("a fault in the program");
        }
        return shown;
    }

    @Override
    public Reply order(Function<Commands, Reply> order) {
        return order.apply(this);
    }

    @Override
    public Reply reply(TaskId id, String by, String message, ReplySource source) {
        sources.add(source);
        return did("reply " + id + " " + message);
    }

    @Override
    public Path attach(TaskId id, String name, byte[] content) {
        attached.add(id + " " + name + " " + content.length);
        return Path.of("/attachments", name);
    }

    @Override
    public void drop(TaskId id, String content) throws IOException {
        if (full) {
            throw new IOException("no room");
        }
        dropped.put(id, content);
    }

    @Override
    public boolean isKnown(TaskId id) throws IOException {
        if (unreadable) {
            throw new IOException("results/ cannot be read");
        }
        return dropped.containsKey(id);
    }

    @Override
    public List<TaskView> active() {
        return active;
    }

    @Override
    public Optional<Instant> ended(TaskId id) {
        return Optional.ofNullable(ended);
    }

    @Override
    public Optional<Instant> paused() {
        return Optional.ofNullable(paused);
    }

    @Override
    public Collection<String> templates() {
        return templates;
    }

    private Reply did(String what) {
        done.add(what);
        return answer;
    }

    @Override
    public Reply cancel(TaskId id, String by) {
        return did("cancel " + id);
    }

    @Override
    public Reply retry(TaskId id, String by) {
        return did("retry " + id);
    }

    @Override
    public Reply reply(TaskId id, String by, String message) {
        throw new AssertionError("a reply from a chat has a source");
    }

    @Override
    public Reply approve(TaskId id, String by, List<String> files) {
        return did("approve " + id + " by " + by + files);
    }

    @Override
    public Reply reject(TaskId id, String by, @Nullable String reason) {
        return did("reject " + id + " by " + by);
    }

    @Override
    public Reply undo(TaskId id, String by) {
        throw new AssertionError("nobody undoes from a chat");
    }

    @Override
    public Reply pause(String by, String reason) {
        return did("pause " + reason);
    }

    @Override
    public Reply resume(String by) {
        return did("resume");
    }

    @Override
    public Reply clean(Cleaning.Kind kind, Duration age) {
        throw new AssertionError("nobody cleans from a chat");
    }

    @Override
    public Reply prune(Optional<Duration> age) {
        throw new AssertionError("nobody prunes from a chat");
    }

    @Override
    public Reply reload(String by) {
        throw new AssertionError("nobody reloads from a chat");
    }
}
