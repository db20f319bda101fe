package dev.orchestrator;

import dev.orchestrator.json.Instants;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The run of an attempt, started anew in a home whose daemon died while it was under way: the same session, the same files,
 * the pid that the journal has if it has one. It waits until it is told to go on.
 */
final class LiveRun implements AutoCloseable {
    private static final Pattern SESSION = Pattern.compile("\"attempt_started\".*\"session_id\":\"([^\"]+)\"");
    private static final Pattern PID = Pattern.compile("\"pid\":\\d+,\"process_started_at\":\"[^\"]+\"");

    private final FaultRoot root;
    private final Process process;

    private LiveRun(FaultRoot root, Process process) {
        this.root = root;
        this.process = process;
    }

    /** True when, before {@code point} in {@code life}, the process of a run was there and its end was not in the journal. */
    static boolean isUnderWay(LifeRecord life, int point) {
        boolean begun = life.log().subList(0, point).stream()
                .anyMatch(operation ->
                        operation.foreign() && operation.path().toString().endsWith(".stream.ndjson"));
        return begun
                && !text(life.killedAt(point).files().get("home/logs/events.ndjson"))
                        .contains("attempt_finished");
    }

    /** @param root of a home with one task, whose run has left nothing yet */
    static LiveRun of(FaultRoot root, TaskId task, Path agent) throws IOException {
        RunFiles files = new RunFiles(root.home().runs(task), 1, 1);
        Files.write(root.starts(), new byte[0]);
        String journal = Files.readString(root.home().journal());
        Matcher session = SESSION.matcher(journal);
        if (!session.find()) {
            throw new AssertionError("no attempt in " + journal);
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        agent.toString(),
                        root.starts().toString(),
                        FirstRun.WAITS_TO_BE_TOLD.name(),
                        "--session-id",
                        session.group(1)))
                .redirectOutput(files.stream().toFile())
                .redirectError(files.stderr().toFile());
        builder.environment().put(ProcessFamily.MARK, session.group(1));
        Process process = builder.start();
        Instant startedAt = process.info().startInstant().orElseThrow();
        String own = "\"pid\":" + process.pid() + ",\"process_started_at\":\"" + Instants.format(startedAt) + "\"";
        Files.writeString(root.home().journal(), PID.matcher(journal).replaceAll(own));
        return new LiveRun(root, process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void goOn() throws IOException {
        Files.createFile(root.starts().resolveSibling("starts.go"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
