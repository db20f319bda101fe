package dev.orchestrator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.json.Json;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Task;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A case on a home with the real watcher; the journal and the engine only remember what they are given. */
abstract class IntakeCase {
    static final String LOOK = "---\ntype: analyze\n---\n# Look\n\nPlease look.\n";
    static final String BAD = "---\ntype: nonsense\n---\nLook.\n";

    @TempDir
    Path temp;

    final IntakeMemory memory = new IntakeMemory();
    volatile String debounce = "50ms";
    volatile int room = 10_000;
    volatile boolean stuck;
    Home home;
    TaskIntake intake;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(temp.resolve("home").toAbsolutePath());
        Files.createDirectories(home.root());
        home.prepare();
        intake = new TaskIntake(
                home,
                this::config,
                new TaskIntake.Ports(
                        memory::find,
                        () -> Set.of("analyze", "bug_fix"),
                        (spec, body) -> "analyze".equals(spec.type()) ? Access.READ : Access.WRITE,
                        memory::say,
                        memory,
                        memory,
                        Redactor.SHAPES_ONLY,
                        () -> 10_000 - room,
                        () -> stuck),
                new Random(1),
                TimeSource.system());
    }

    @AfterEach
    void close() throws IOException {
        intake.close();
    }

    /** Drops a file, starts, and waits until it is a task. */
    Task accepted(String name, String text) throws IOException {
        drop(name, text);
        start();
        return memory.awaitTasks(1).get(0);
    }

    /** A task of this id, accepted by an intake that has stopped since. */
    Task acceptedTask(String id) throws IOException {
        Task task = accepted(id + ".task.md", "---\nid: " + id + "\n---\nLook.\n");
        intake.close();
        return task;
    }

    /** Drops a file, starts, and waits for the reason why it is no task. */
    JsonNode rejected(String name, String text) throws IOException {
        drop(name, text);
        start();
        return awaitReason(name);
    }

    /** A new intake on the same home, which has taken in a file: what it found before is dealt with. */
    void restart() throws IOException {
        intake.close();
        memory.clear();
        makeHome();
        accepted("good.task.md", LOOK);
    }

    void journal(Event... events) throws IOException {
        Journal.Trusted nothing = new Journal.Trusted(JournalPosition.START, 0);
        try (Journal journal = Journal.open(home.journal(), 1 << 20, nothing, TimeSource.system(), Thread::new)) {
            journal.start(List.of());
            journal.commit(List.of(events));
        }
    }

    void start() throws IOException {
        intake.start(runnable -> {
            Thread thread = new Thread(runnable, "intake");
            thread.setDaemon(true);
            return thread;
        });
    }

    void drop(String name, String text) throws IOException {
        Path temporary = temp.resolve("dropped");
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, home.tasks().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What was found before this is rejected was tried before. */
    void awaitLaterScan(String name) throws IOException {
        drop(name + ".task.md", BAD);
        awaitReason(name + ".task.md");
    }

    JsonNode awaitReason(String name) throws IOException {
        memory.await(
                () -> memory.rejections().stream().anyMatch(each -> each.file().equals(name)));
        return Json.full().readTree(Files.readAllBytes(home.rejected().resolve(name + ".reason.json")));
    }

    Config config() {
        ConfigOutcome outcome =
                ConfigLoader.load(home, Map.of("intake.debounce", debounce, "intake.scan_interval", "200ms"), Map.of());
        return ((ConfigOutcome.Loaded) outcome).config();
    }
}
