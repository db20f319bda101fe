package dev.orchestrator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.housekeeping.Cleaning;
import dev.orchestrator.json.Json;
import dev.orchestrator.json.Records;
import dev.orchestrator.json.Redaction;
import dev.orchestrator.secret.Cut;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands out of {@code tasks/.control/} and leaves the answers. A command is done, then answered, then its file is
 * removed: after a crash in between it is done again, which does no harm. One that cannot be answered or removed is not done
 * again in this life, and keeps no other from being done. For one thread.
 */
public final class ControlInbox {
    private static final Logger log = LoggerFactory.getLogger(ControlInbox.class);
    private static final int LARGEST = 64 * 1024;
    private static final int MOST_ANSWERS = 500;
    private static final int LONGEST_TEXT = 500;
    private static final String SUFFIX = ".json";
    private static final Pattern DAYS = Pattern.compile("\\d{1,5}");
    private static final Pattern CLEAN = Pattern.compile("(tasks|artifacts|runs) (\\d{1,5})");

    private final Home home;
    private final Commands commands;
    private final Redaction redaction;
    private final TimeSource time;
    /** By its task, a command that waits and came before those that are looked at now. */
    private final Map<String, Waiting> notYet = new HashMap<>();
    /** Done in this life, and still there. */
    private final Set<Path> done = new HashSet<>();

    /** @param redactor hides what no answer may say */
    public ControlInbox(Home home, Commands commands, Redactor redactor, TimeSource time) {
        this.home = home;
        this.redaction = new Redaction(redactor);
        this.commands = commands;
        this.time = time;
    }

    /** Does what is there, in the order of the names. */
    public void look() throws IOException {
        List<Path> files = jsonIn(home.control());
        notYet.clear();
        for (Path file : files) {
            handle(file);
        }
        if (!files.isEmpty()) {
            forgetOldAnswers();
        }
    }

    private void handle(Path file) {
        if (!done.contains(file)) {
            @Nullable ControlFile command = null;
            Commands.Reply reply;
            try {
                command = read(file);
                reply = reply(command);
                overtake(command);
            } catch (NoSuchFileException e) {
                // Whoever gave it has taken it back.
                return;
            } catch (JsonProcessingException e) {
                reply = Commands.Reply.refused("This is no command file: " + e.getOriginalMessage());
            } catch (IOException | RuntimeException e) {
                reply = Commands.Reply.refused("This cannot be done: " + e.getMessage());
            }
            if (reply.isNotYet() && command != null) {
                // It stays where it is, and keeps no other from being done.
                notYet.put(String.valueOf(command.taskId()), new Waiting(file, command));
                return;
            }
            done.add(file);
            answer(file, command, reply);
        }
        remove(file);
    }

    private record Waiting(Path file, ControlFile command) {}

    /** The last word counts: what waits for the end of a task is not done when the task is cancelled once more. */
    private void overtake(ControlFile command) {
        Waiting waiting = command.command().equals("cancel") ? notYet.remove(String.valueOf(command.taskId())) : null;
        if (waiting != null) {
            Commands.Reply reply =
                    Commands.Reply.refused("Task " + command.taskId() + " was cancelled once more since.");
            done.add(waiting.file());
            answer(waiting.file(), waiting.command(), reply);
            remove(waiting.file());
        }
    }

    private void answer(Path file, @Nullable ControlFile command, Commands.Reply reply) {
        ControlAnswer answer = new ControlAnswer(
                ControlFile.SCHEMA_VERSION,
                command == null ? null : command.command(),
                command == null ? null : command.taskId(),
                reply.ok(),
                reply.message(),
                time.now());
        log.info("Command {} of {}: {}", answer.command(), file.getFileName(), reply.message());
        try {
            AtomicFile.write(
                    home.controlDone().resolve(file.getFileName().toString()), Json.document(redaction.of(answer)));
        } catch (IOException e) {
            log.warn("The answer to {} cannot be written: {}", file.getFileName(), e.toString());
        }
    }

    private void remove(Path file) {
        try {
            Moves.delete(file);
            done.remove(file);
        } catch (IOException e) {
            log.debug("{} is done and cannot be removed: {}", file, e.toString());
        }
    }

    private Commands.Reply reply(ControlFile file) {
        if (file.schemaVersion() != ControlFile.SCHEMA_VERSION) {
            throw new IllegalArgumentException("schema_version " + file.schemaVersion() + " is not known here");
        }
        String by = file.by() == null ? "somebody" : plain(file.by());
        return switch (file.command()) {
            case "cancel" -> commands.cancel(id(file), by);
            case "retry" -> commands.retry(id(file), by);
            case "reply" -> commands.reply(id(file), by, message(file));
            case "approve" -> commands.approve(id(file), by, globs(file));
            case "reject" -> commands.reject(id(file), by, file.text() == null ? null : plain(file.text()));
            case "undo" -> commands.undo(id(file), by);
            case "pause" -> commands.pause(by, file.text() == null ? "" : plain(file.text()));
            case "resume" -> commands.resume(by);
            case "clean" -> clean(file);
            case "prune" -> prune(file);
            case "reload" -> commands.reload(by);
            default -> throw new IllegalArgumentException("there is no command `" + plain(file.command()) + "`");
        };
    }

    /** Sample of the text: {@code artifacts 30}. */
    private Commands.Reply clean(ControlFile file) {
        Matcher wish = CLEAN.matcher(file.text() == null ? "" : file.text());
        if (!wish.matches()) {
            throw new IllegalArgumentException("`text` has to say what, and how many days old, as in `artifacts 30`");
        }
        return commands.clean(
                Cleaning.Kind.valueOf(wish.group(1).toUpperCase(Locale.ROOT)),
                Duration.ofDays(Long.parseLong(wish.group(2))));
    }

    /** The text is a number of days, or nothing. */
    private Commands.Reply prune(ControlFile file) {
        if (file.text() == null) {
            return commands.prune(Optional.empty());
        }
        if (!DAYS.matcher(file.text()).matches()) {
            throw new IllegalArgumentException("`text` has to say how many days old, as in `30`");
        }
        return commands.prune(Optional.of(Duration.ofDays(Long.parseLong(file.text()))));
    }

    private static List<String> globs(ControlFile file) {
        return file.files() == null ? List.of() : file.files();
    }

    /** Lines and all; it is for the agent. */
    private static String message(ControlFile file) {
        String text = file.text() == null ? "" : file.text().strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is nothing in `text` to tell the agent");
        }
        return text;
    }

    private static TaskId id(ControlFile file) {
        if (file.taskId() == null) {
            throw new IllegalArgumentException("`task_id` is missing");
        }
        return TaskId.parse(file.taskId());
    }

    /** What comes from outside goes into events and onto terminals. */
    private String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return Cut.beginning(redaction.redactor().redact(line), LONGEST_TEXT);
    }

    private static ControlFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException("the file has more than " + LARGEST + " bytes");
            }
            return Records.read(bytes, ControlFile.class);
        }
    }

    private void forgetOldAnswers() throws IOException {
        List<Path> answers = jsonIn(home.controlDone());
        for (Path old : answers.subList(0, Math.max(0, answers.size() - MOST_ANSWERS))) {
            Moves.delete(old);
        }
    }

    /** Regular files, by name: links and directories are nobody's command. */
    private static List<Path> jsonIn(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".")
                        && name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                        && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        files.sort(Comparator.comparing(
                file -> Objects.requireNonNull(file.getFileName()).toString()));
        return files;
    }
}
