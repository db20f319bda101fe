package dev.orchestrator.config;

import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory in which the orchestrator keeps its files, and the only class that knows their names.
 *
 * <pre>
 * tasks/NAME.task.md                    dropped by a user, waiting to be accepted
 * tasks/accepted/ID.task.md             accepted
 * tasks/processed/ID.STATUS.task.md     finished
 * tasks/rejected/NAME, NAME.reason.json not understood
 * tasks/.control/NAME.json              commands for the daemon
 * tasks/.control/done/NAME.json         their answers
 * results/ID.json, ID.turn-N.json       artifact of the latest turn, of an older one
 * results/index.json                    task id to latest artifact
 * results/removed/NN.ndjson             what stays of artifacts that were removed
 * summaries/ID.md                       what a person reads first
 * logs/events.ndjson                    journal
 * logs/state.json                       snapshot of its fold
 * logs/history.ndjson                   what statistics need of it
 * logs/runs/ID/                         raw record of each run
 * logs/orchestrator.log                 operator log
 * logs/trusted.json                     repositories whose own settings count
 * logs/daemon.lock, daemon.json         who is running
 * templates/NAME.md                     user templates
 * schedules/NAME.task.md                tasks that come by the clock
 * attachments/ID/NAME                   files that came with a task, for its agent to read
 * results/ID.patch                      the latest change of a guarded task
 * .staging/ID/                          the copy in which a guarded task works
 * orchestrator.yaml, .env               settings
 * </pre>
 */
public final class Home {
    private final Path root;

    /** @param root need not exist yet; made absolute */
    public Home(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path tasks() {
        return root.resolve("tasks");
    }

    public Path accepted() {
        return tasks().resolve("accepted");
    }

    public Path accepted(TaskId id) {
        return accepted().resolve(id + ".task.md");
    }

    public Path processed() {
        return tasks().resolve("processed");
    }

    public Path processed(TaskId id, TaskStatus status) {
        return processed().resolve(id + "." + status + ".task.md");
    }

    /** A file in which something was said to task {@code id}. */
    public Path processedReply(TaskId id, String sha256) {
        return processed().resolve(id + ".reply-" + sha256.substring(0, 12) + ".task.md");
    }

    public Path rejected() {
        return tasks().resolve("rejected");
    }

    public Path control() {
        return tasks().resolve(".control");
    }

    public Path controlDone() {
        return control().resolve("done");
    }

    /** The explanation beside a rejected file. */
    public Path reasonOf(Path rejectedFile) {
        return rejectedFile.resolveSibling(rejectedFile.getFileName() + ".reason.json");
    }

    public Path results() {
        return root.resolve("results");
    }

    public Path artifact(TaskId id) {
        return results().resolve(id + ".json");
    }

    public Path patch(TaskId id) {
        return results().resolve(id + ".patch");
    }

    /** Its real path, as an agent in it sees it. */
    public Path staging() {
        return real(root).resolve(".staging");
    }

    /** Where the artifact of {@code turn} goes when a later turn takes its place. */
    public Path olderArtifact(TaskId id, int turn) {
        return results().resolve(id + ".turn-" + turn + ".json");
    }

    public Path index() {
        return results().resolve("index.json");
    }

    /** Of artifacts that were removed. */
    public Path removed() {
        return results().resolve("removed");
    }

    public Path summaries() {
        return root.resolve("summaries");
    }

    public Path summary(TaskId id) {
        return summaries().resolve(id + ".md");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path journal() {
        return logs().resolve("events.ndjson");
    }

    public Path state() {
        return logs().resolve("state.json");
    }

    public Path history() {
        return logs().resolve("history.ndjson");
    }

    public Path runs() {
        return logs().resolve("runs");
    }

    public Path runs(TaskId id) {
        return runs().resolve(id.value());
    }

    public Path operatorLog() {
        return logs().resolve("orchestrator.log");
    }

    public Path trusted() {
        return logs().resolve("trusted.json");
    }

    /** Up to where a bot has done what was said to it. */
    public Path telegram() {
        return logs().resolve("telegram.json");
    }

    public Path daemonLock() {
        return logs().resolve("daemon.lock");
    }

    public Path daemonInfo() {
        return logs().resolve("daemon.json");
    }

    /** The directories without which no task can be done. */
    public List<Path> neededDirectories() {
        return List.of(logs(), runs(), results(), summaries(), accepted(), processed());
    }

    /** Written and removed in {@code directory} to see whether that can be written. */
    public Path writeProbe(Path directory) {
        return directory.resolve(".writable");
    }

    public Path templates() {
        return root.resolve("templates");
    }

    public Path schedules() {
        return root.resolve("schedules");
    }

    public Path attachments() {
        return root.resolve("attachments");
    }

    /** Files that came with task {@code id}; need not exist. */
    public Path attachments(TaskId id) {
        return attachments().resolve(id.value());
    }

    public Path settings() {
        return root.resolve("orchestrator.yaml");
    }

    public Path dotenv() {
        return root.resolve(".env");
    }

    /**
     * What the agent may never write, wherever its roots lie: the directories first, then single files. Each by the name it
     * has here and, when links lead to it, by its real one as well: an agent works in real paths.
     */
    public List<Path> ownDirectories() {
        return withRealNames(tasks(), results(), summaries(), logs(), templates(), schedules(), attachments());
    }

    public List<Path> ownFiles() {
        return withRealNames(dotenv(), settings());
    }

    /** What no agent may even read: settings, which may hold secrets, and the records of all runs. */
    public List<Path> hiddenFromAgents() {
        return withRealNames(dotenv(), settings(), logs());
    }

    /** What does not belong to a working directory that this home lies in, or is. */
    public List<Path> notOfWorkingDirectories() {
        List<Path> all = own();
        all.add(root.resolve(staging().getFileName()));
        all.add(staging());
        return all;
    }

    /** {@link #ownDirectories} and {@link #ownFiles} together. */
    public List<Path> own() {
        List<Path> own = new ArrayList<>(ownDirectories());
        own.addAll(ownFiles());
        return own;
    }

    private List<Path> withRealNames(Path... paths) {
        Path realRoot = real(root);
        return Stream.of(paths)
                .flatMap(path -> Stream.of(path, realRoot.resolve(root.relativize(path)), real(path)))
                .distinct()
                .toList();
    }

    /** {@code path} itself when it does not exist yet. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    /** {@code path} as it is written in artifacts and messages: relative to the home, with forward slashes. */
    public String relative(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(root) ? root.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }

    /** The directories that are nobody's business but the daemon's user's, with all that is in them. */
    public List<Path> privateDirectories() {
        return List.of(logs(), results(), summaries(), control());
    }

    /** Makes the directories that are missing, so that they survive a power cut. For the daemon only. */
    public void prepare() throws IOException {
        // Where others may be meant to drop files, and to see what was wrong with them.
        Files.createDirectories(rejected());
        // What is not there cannot be made read-only, and a command that an agent runs could make it.
        for (Path directory : List.of(templates(), schedules())) {
            Files.createDirectories(directory);
        }
        for (Path directory :
                List.of(accepted(), processed(), controlDone(), results(), summaries(), runs(), attachments())) {
            PrivateFile.createDirectories(directory);
        }
        // What is synced in a directory is lost with the name of that directory.
        for (Path directory : List.of(root, tasks(), control(), logs())) {
            Moves.syncDirectory(directory);
        }
    }
}
