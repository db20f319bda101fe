package dev.orchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.ConfigLoader;
import dev.orchestrator.config.ConfigOutcome;
import dev.orchestrator.config.Home;
import dev.orchestrator.engine.Engine;
import dev.orchestrator.engine.TaskHandler;
import dev.orchestrator.intake.file.Rejection;
import dev.orchestrator.journal.Journal;
import dev.orchestrator.journal.JournalPosition;
import dev.orchestrator.json.Json;
import dev.orchestrator.task.Access;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.EventSink;
import dev.orchestrator.task.Signal;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskEvent.TaskFinished;
import dev.orchestrator.task.TaskId;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real watcher on a real directory; the journal and the engine only remember what they are given. */
class TaskIntakeTest {
    private static final String LOOK = "---\ntype: analyze\n---\n# Look\n\nPlease look.\n";
    private static final String BAD = "---\ntype: nonsense\n---\nLook.\n";

    @TempDir
    Path temp;

    private final Memory memory = new Memory();
    private volatile String debounce = "50ms";
    private volatile int room = 10_000;
    private volatile boolean stuck;
    private Home home;
    private TaskIntake intake;

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
                        memory,
                        memory,
                        () -> 10_000 - room,
                        () -> stuck),
                new Random(1),
                TimeSource.system());
    }

    @AfterEach
    void close() throws IOException {
        intake.close();
    }

    @Test
    void files_that_lie_there_at_the_start_are_accepted() throws IOException {
        Task task = accepted("look.task.md", LOOK);
        assertThat(task.source().file()).isEqualTo("look.task.md");
        assertThat(task.access()).isEqualTo(Access.READ);
        assertThat(task.directory()).isEqualTo(home.root().toRealPath().toString());
        assertThat(home.accepted(task.id())).hasContent(LOOK);
        assertThat(home.tasks().resolve("look.task.md")).doesNotExist();
    }

    @Test
    void a_file_that_is_dropped_later_is_accepted() throws IOException {
        start();

        drop("LATER.TASK.MD", LOOK);

        assertThat(memory.awaitTasks(1).get(0).source().file()).isEqualTo("LATER.TASK.MD");
    }

    @Test
    void two_thousand_files_at_once_are_all_accepted_and_none_twice() throws IOException {
        start();
        Path staged = Files.createDirectories(temp.resolve("staged"));
        for (int i = 0; i < 2000; i++) {
            Files.writeString(staged.resolve("t" + i + ".task.md"), "---\nid: t" + i + "\n---\nLook at " + i + "\n");
        }
        for (int i = 0; i < 2000; i++) {
            Path file = staged.resolve("t" + i + ".task.md");
            Files.move(file, home.tasks().resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }

        List<Task> tasks = memory.awaitTasks(2000);

        assertThat(tasks).hasSize(2000);
        assertThat(new HashSet<>(tasks.stream().map(Task::id).toList())).hasSize(2000);
        assertThat(home.accepted().toFile().list()).hasSize(2000);
    }

    @Test
    void a_file_that_is_still_being_written_waits_until_it_is_whole() throws IOException {
        // Longer than any pause of the writer on a busy machine.
        debounce = "3s";
        start();
        Path file = home.tasks().resolve("slow.task.md");
        Instant end = TimeSource.system().now().plusMillis(600);
        String text = "";
        while (TimeSource.system().now().isBefore(end)) {
            text += "Look at line " + text.length() + "\n";
            Files.writeString(file, text, StandardOpenOption.CREATE);
            assertThat(memory.tasks()).isEmpty();
        }

        Task task = memory.awaitTasks(1).get(0);

        assertThat(home.accepted(task.id())).hasContent(text);
    }

    @Test
    void everything_else_in_the_directory_is_left_alone() throws IOException {
        drop("notes.md", "not a task");
        drop(".hidden.task.md", LOOK);
        accepted("look.task.md", LOOK);

        assertThat(home.tasks().resolve("notes.md")).exists();
        assertThat(home.tasks().resolve(".hidden.task.md")).exists();
    }

    @Test
    void a_bad_file_lies_in_rejected_with_the_reason_beside_it() throws IOException {
        JsonNode reason = rejected("bad.task.md", "---\ntype: analyze\npriorty: high\n---\nLook.\n");

        assertThat(reason.path("reason").asText()).contains("priorty");
        assertThat(reason.path("line").asInt()).isEqualTo(3);
        assertThat(reason.path("remedy").asText()).contains("priority");
        assertThat(home.rejected().resolve("bad.task.md")).exists();
        assertThat(memory.rejections()).hasSize(1);
    }

    @Test
    void a_bad_file_that_is_corrected_in_place_is_looked_at_again() throws IOException {
        rejected("bad.task.md", BAD);

        Files.writeString(home.rejected().resolve("bad.task.md"), LOOK);

        Task task = memory.awaitTasks(1).get(0);
        assertThat(home.accepted(task.id())).hasContent(LOOK);
        assertThat(home.rejected().toFile().list()).isEmpty();
    }

    @Test
    void a_rejected_file_that_nobody_touched_stays_rejected_over_a_restart() throws IOException {
        rejected("bad.task.md", BAD);

        restart();

        assertThat(memory.rejections()).isEmpty();
        assertThat(home.rejected().resolve("bad.task.md")).exists();
    }

    @Test
    void a_file_over_the_limit_stays_rejected_over_a_restart_too() throws IOException {
        rejected("big.task.md", "x".repeat(2 * 1024 * 1024));

        restart();

        assertThat(memory.rejections()).isEmpty();
    }

    @Test
    void a_second_rejected_file_of_one_name_takes_the_place_of_no_first() throws IOException {
        rejected("bad.task.md", "---\ntype: nonsense\n---\nFirst.\n");

        drop("bad.task.md", "---\ntype: nonsense\n---\nSecond.\n");

        memory.await(() -> memory.rejections().size() == 2);
        assertThat(memory.rejections().get(1).movedTo()).isEqualTo("tasks/rejected/bad-2.task.md");
        assertThat(home.rejected().resolve("bad.task.md")).content().contains("First.");
        assertThat(home.rejected().resolve("bad-2.task.md")).content().contains("Second.");
        Files.writeString(home.rejected().resolve("bad-2.task.md"), LOOK);
        assertThat(memory.awaitTasks(1).get(0).source().file()).isEqualTo("bad-2.task.md");
    }

    @Test
    void the_same_rejected_file_again_is_kept_once() throws IOException {
        rejected("bad.task.md", BAD);

        drop("bad.task.md", BAD);

        memory.await(() -> memory.rejections().size() == 2);
        assertThat(home.rejected().toFile().list()).hasSize(2);
    }

    @Test
    void a_rejected_file_that_looks_as_it_did_is_not_read_again() throws IOException {
        Path file = home.rejected().resolve("bad.task.md");
        RejectedFiles before = new RejectedFiles(home);
        drop("bad.task.md", "Look.");
        before.add(
                home.tasks().resolve("bad.task.md"), "0".repeat(64), new Rejection("bad", null, "Do."), Instant.EPOCH);

        // Its hash is another, which nobody can know who did not read it.
        assertThat(new RejectedFiles(home).isCorrected(file)).isFalse();
        Files.writeString(file, "Look again.");
        assertThat(new RejectedFiles(home).isCorrected(file)).isTrue();
    }

    @Test
    void large_files_are_made_safe_a_few_at_a_time_so_that_they_need_not_all_be_in_memory() throws IOException {
        String filler = "x".repeat(900_000);
        for (int i = 0; i < 12; i++) {
            drop("large-" + i + ".task.md", "Look at " + i + ".\n\n" + filler);
        }

        start();

        assertThat(memory.awaitTasks(12)).hasSize(12);
        assertThat(memory.commits).hasSizeGreaterThanOrEqualTo(3).allMatch(count -> count <= 5);
    }

    @Test
    void the_same_content_under_the_same_id_is_a_duplicate() throws IOException {
        String text = "---\nid: once\n---\nLook.\n";
        accepted("once.task.md", text);

        drop("once.task.md", text);

        JsonNode reason = awaitReason("once.task.md");
        assertThat(reason.path("reason").asText()).contains("accepted before as task once, which stands as queued");
        assertThat(reason.path("line").asInt()).isEqualTo(2);
        assertThat(reason.path("remedy").asText()).startsWith("Nothing needs to be done.");
        assertThat(memory.tasks()).hasSize(1);
    }

    @Test
    void a_duplicate_of_a_task_that_failed_is_told_so_and_how_to_run_it_again() throws IOException {
        String text = "---\nid: once\n---\nLook.\n";
        accepted("once.task.md", text);
        memory.status = TaskStatus.FAILED;

        drop("once.task.md", text);

        JsonNode reason = awaitReason("once.task.md");
        assertThat(reason.path("reason").asText()).contains("accepted before as task once, which stands as failed");
        assertThat(reason.path("remedy").asText()).startsWith("To run it once more, give it another `id`");
        assertThat(memory.tasks()).hasSize(1);
    }

    @Test
    void other_content_under_the_same_id_is_a_new_task_with_a_numbered_id() throws IOException {
        accepted("a.task.md", "---\nid: Again\n---\nLook here.\n");

        drop("a.task.md", "---\nid: again\n---\nLook there.\n");

        assertThat(memory.awaitTasks(2).stream().map(task -> task.id().value())).containsExactly("again", "again-2");
        assertThat(memory.accepted().get(1).requestedId()).isEqualTo(TaskId.parse("again"));
    }

    @Test
    void two_files_of_one_batch_cannot_take_one_id() throws IOException {
        drop("a.task.md", "---\nid: same\n---\nLook here.\n");
        drop("b.task.md", "---\nid: same\n---\nLook there.\n");

        start();

        assertThat(memory.awaitTasks(2).stream().map(task -> task.id().value()))
                .containsExactlyInAnyOrder("same", "same-2");
    }

    @Test
    void a_file_over_the_limit_is_rejected_without_being_read() throws IOException {
        assertThat(rejected("big.task.md", "x".repeat(2 * 1024 * 1024))
                        .path("reason")
                        .asText())
                .contains("2097152")
                .contains("1048576");
    }

    @Test
    void a_directory_outside_of_the_roots_is_a_rejection() throws IOException {
        JsonNode reason = rejected("out.task.md", "---\ncwd: ../..\n---\nLook.\n");

        assertThat(reason.path("reason").asText()).contains("outside of the allowed roots");
        assertThat(reason.path("line").asInt()).isEqualTo(2);
    }

    @Test
    void files_wait_on_disk_while_the_engine_has_enough() throws IOException {
        room = 0;
        drop("look.task.md", LOOK);
        start();
        // A later file is heard of by the same thread; both must still lie there when room is made.
        drop("later.task.md", LOOK);
        assertThat(memory.tasks()).isEmpty();

        room = 10;

        assertThat(memory.awaitTasks(2)).hasSize(2);
    }

    @Test
    void a_file_that_all_the_others_may_wait_for_is_let_in_past_the_limit() throws IOException {
        room = 0;
        stuck = true;
        drop("awaited.task.md", LOOK);

        start();

        assertThat(memory.awaitTasks(1)).hasSize(1);
    }

    @Test
    void twice_the_limit_is_never_passed() throws IOException {
        room = -10_000;
        stuck = true;
        drop("look.task.md", LOOK);
        start();
        drop("later.task.md", LOOK);
        assertThat(memory.tasks()).isEmpty();

        room = 10;

        assertThat(memory.awaitTasks(2)).hasSize(2);
    }

    @Test
    void a_crash_after_the_acceptance_and_before_the_move_is_made_up_for() throws IOException {
        Task task = acceptedTask("once");
        Files.move(home.accepted(task.id()), home.tasks().resolve("once.task.md"));
        makeHome();

        intake.accepted().recover(List.of(task), id -> Optional.empty());

        assertThat(home.accepted(task.id())).exists();
        assertThat(home.tasks().resolve("once.task.md")).doesNotExist();
    }

    @Test
    void a_crash_before_the_move_of_a_corrected_file_is_made_up_for_too() throws IOException {
        Task task = acceptedTask("once");
        Path corrected = home.rejected().resolve("once.task.md");
        Files.move(home.accepted(task.id()), corrected);
        Files.writeString(home.reasonOf(corrected), "{}");
        makeHome();

        intake.accepted().recover(List.of(task), id -> Optional.empty());

        assertThat(home.accepted(task.id())).exists();
        assertThat(home.rejected().toFile().list()).isEmpty();
    }

    @Test
    void a_directory_with_the_name_of_a_task_file_is_no_waiting_file() throws IOException {
        Files.createDirectories(home.tasks().resolve("trap.task.md"));
        accepted("look.task.md", LOOK);
        intake.close();

        assertThat(intake.isIdle()).isTrue();
    }

    @Test
    void a_crash_after_the_end_and_before_the_archive_is_made_up_for() throws IOException {
        TaskId done = TaskId.parse("done");
        Files.writeString(home.accepted(done), LOOK);

        intake.accepted().recover(List.of(), id -> Optional.of(TaskStatus.FAILED));

        assertThat(home.processed(done, TaskStatus.FAILED)).hasContent(LOOK);
    }

    @Test
    void an_accepted_file_that_nobody_knows_goes_back_to_be_accepted() throws IOException {
        Files.writeString(home.accepted(TaskId.parse("unknown")), LOOK);

        intake.accepted().recover(List.of(), id -> Optional.empty());

        assertThat(home.tasks().resolve("unknown.task.md")).hasContent(LOOK);
    }

    @Test
    void an_accepted_file_whose_end_cannot_be_read_is_left_and_holds_up_no_other() throws IOException {
        Files.writeString(home.accepted(TaskId.parse("damaged")), LOOK);
        Files.writeString(home.accepted(TaskId.parse("unknown")), LOOK);

        intake.accepted().recover(List.of(), id -> {
            if (id.value().equals("damaged")) {
                throw new UncheckedIOException(new IOException("results/damaged.json is damaged"));
            }
            return Optional.empty();
        });

        assertThat(home.accepted(TaskId.parse("damaged"))).hasContent(LOOK);
        assertThat(home.tasks().resolve("unknown.task.md")).hasContent(LOOK);
    }

    @Test
    void an_accepted_file_that_goes_back_takes_the_place_of_no_waiting_file() throws IOException {
        Files.writeString(home.accepted(TaskId.parse("unknown")), LOOK);
        drop("unknown.task.md", "somebody's only copy");

        intake.accepted().recover(List.of(), id -> Optional.empty());

        assertThat(home.tasks().resolve("unknown.task.md")).hasContent("somebody's only copy");
        assertThat(home.tasks().resolve("unknown-2.task.md")).hasContent(LOOK);
        assertThat(home.accepted().toFile().list()).isEmpty();
    }

    @Test
    void an_accepted_file_that_cannot_be_moved_keeps_no_other_from_recovery() throws IOException {
        TaskId stuck = TaskId.parse("stuck");
        Files.writeString(home.accepted(stuck), LOOK);
        Files.createDirectories(home.processed(stuck, TaskStatus.FAILED).resolve("in-the-way"));
        TaskId done = TaskId.parse("done");
        Files.writeString(home.accepted(done), LOOK);

        intake.accepted().recover(List.of(), id -> Optional.of(TaskStatus.FAILED));

        assertThat(home.accepted(stuck)).exists();
        assertThat(home.processed(done, TaskStatus.FAILED)).exists();
    }

    @Test
    void an_accepted_file_whose_end_only_the_journal_knows_is_not_run_again() throws IOException {
        Task task = acceptedTask("once");
        journal(
                new TaskAccepted(task.id(), task, null, "utf-8", Files.readString(home.accepted(task.id()))),
                new TaskFinished(task.id(), 1, TaskStatus.SUCCEEDED, "analyze", null, 1, 10, null, 0, 0));

        intake.accepted().recover(List.of(), id -> Optional.empty());

        assertThat(home.processed(task.id(), TaskStatus.SUCCEEDED)).exists();
        assertThat(home.tasks().resolve("once.task.md")).doesNotExist();
    }

    @Test
    void accepted_files_that_are_gone_are_written_again_from_the_journal_at_the_start() throws IOException {
        Task task = acceptedTask("once");
        String text = Files.readString(home.accepted(task.id()));
        journal(new TaskAccepted(task.id(), task, null, "utf-8", text));
        Files.delete(home.accepted(task.id()));

        intake.accepted().recover(List.of(task), id -> Optional.empty());

        assertThat(home.accepted(task.id())).hasContent(text);
    }

    @Test
    void a_file_whose_id_cannot_be_looked_up_waits_and_holds_up_no_other() throws IOException {
        memory.unreadable = "damaged";
        drop("a.task.md", "---\nid: damaged\n---\nLook.\n");
        drop("b.task.md", LOOK);

        start();

        assertThat(memory.awaitTasks(1))
                .extracting(task -> task.source().file())
                .containsExactly("b.task.md");
        assertThat(home.tasks().resolve("a.task.md")).exists();
        assertThat(memory.rejections()).isEmpty();
        intake.close();
        assertThat(intake.isIdle()).isTrue();
        assertThat(intake.notTaken()).containsExactly(home.tasks().resolve("a.task.md"));
    }

    @Test
    void a_file_that_can_be_taken_in_after_all_is_not_complained_about_any_more() throws IOException {
        memory.unreadable = "damaged";
        drop("a.task.md", "---\nid: damaged\n---\nLook.\n");
        start();
        awaitLaterScan("first");
        awaitLaterScan("second");
        assertThat(intake.notTaken()).hasSize(1);

        memory.unreadable = "";

        memory.awaitTasks(1);
        assertThat(intake.notTaken()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_moved_is_not_accepted_until_it_can_be_and_then_once() throws IOException {
        Files.delete(home.accepted());
        Files.writeString(home.accepted(), "in the way");
        drop("look.task.md", LOOK);
        start();
        awaitLaterScan("first");
        awaitLaterScan("second");
        assertThat(memory.accepted()).isEmpty();
        assertThat(home.tasks().resolve("look.task.md")).hasContent(LOOK);

        Files.delete(home.accepted());

        Task task = memory.awaitTasks(1).get(0);
        awaitLaterScan("third");
        assertThat(memory.accepted()).hasSize(1);
        assertThat(home.accepted(task.id())).hasContent(LOOK);
    }

    @Test
    void files_that_could_not_be_committed_are_put_back_and_taken_later() throws IOException {
        memory.failNextCommit = true;
        Task task = accepted("look.task.md", LOOK);
        assertThat(task.source().file()).isEqualTo("look.task.md");
        assertThat(home.accepted().toFile().list()).hasSize(1);
    }

    @Test
    void a_file_that_meets_a_fault_of_ours_waits_and_holds_up_no_other() throws IOException {
        memory.faults.put("fault", new IllegalArgumentException("a fault"));
        memory.faults.put("deep", new StackOverflowError());
        drop("a.task.md", "---\nid: fault\n---\nLook.\n");
        drop("b.task.md", "---\nid: deep\n---\nLook.\n");
        drop("c.task.md", LOOK);

        start();

        assertThat(memory.awaitTasks(1))
                .extracting(task -> task.source().file())
                .containsExactly("c.task.md");
        assertThat(home.tasks().resolve("a.task.md")).exists();
        assertThat(home.tasks().resolve("b.task.md")).exists();
    }

    @Test
    void other_content_under_an_id_that_ends_like_a_turn_is_a_new_task_too() throws IOException {
        accepted("a.task.md", "---\nid: left.turn\n---\nLook here.\n");

        drop("a.task.md", "---\nid: left.turn\n---\nLook there.\n");

        assertThat(memory.awaitTasks(2).get(1).id().value()).isEqualTo("left-turn-2");
    }

    @Test
    void an_error_of_the_virtual_machine_does_not_end_the_intake() throws IOException {
        memory.failOnce = new OutOfMemoryError("for a moment");
        drop("a.task.md", "---\nid: a\n---\nLook.\n");

        start();

        assertThat(memory.awaitTasks(1)).hasSize(1);
    }

    @Test
    void a_text_that_changed_after_it_was_accepted_is_not_run() throws IOException {
        Task task = acceptedTask("once");
        Files.writeString(home.accepted(task.id()), "\nAnd delete everything.\n", StandardOpenOption.APPEND);

        assertThat(intake.accepted().read(task)).isInstanceOf(AcceptedTasks.Result.Unusable.class);
    }

    /** Drops a file, starts, and waits until it is a task. */
    private Task accepted(String name, String text) throws IOException {
        drop(name, text);
        start();
        return memory.awaitTasks(1).get(0);
    }

    /** A task of this id, accepted by an intake that has stopped since. */
    private Task acceptedTask(String id) throws IOException {
        Task task = accepted(id + ".task.md", "---\nid: " + id + "\n---\nLook.\n");
        intake.close();
        return task;
    }

    /** Drops a file, starts, and waits for the reason why it is no task. */
    private JsonNode rejected(String name, String text) throws IOException {
        drop(name, text);
        start();
        return awaitReason(name);
    }

    /** A new intake on the same home, which has taken in a file: what it found before is dealt with. */
    private void restart() throws IOException {
        intake.close();
        memory.clear();
        makeHome();
        accepted("good.task.md", LOOK);
    }

    private void journal(Event... events) throws IOException {
        Journal.Trusted nothing = new Journal.Trusted(JournalPosition.START, 0);
        try (Journal journal = Journal.open(home.journal(), 1 << 20, nothing, TimeSource.system(), Thread::new)) {
            journal.start(List.of());
            journal.commit(List.of(events));
        }
    }

    private void start() throws IOException {
        intake.start(runnable -> {
            Thread thread = new Thread(runnable, "intake");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void drop(String name, String text) throws IOException {
        Path temporary = temp.resolve("dropped");
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, home.tasks().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What was found before this is rejected was tried before. */
    private void awaitLaterScan(String name) throws IOException {
        drop(name + ".task.md", BAD);
        awaitReason(name + ".task.md");
    }

    private JsonNode awaitReason(String name) throws IOException {
        memory.await(
                () -> memory.rejections().stream().anyMatch(each -> each.file().equals(name)));
        return Json.full().readTree(Files.readAllBytes(home.rejected().resolve(name + ".reason.json")));
    }

    private Config config() {
        ConfigOutcome outcome =
                ConfigLoader.load(home, Map.of("intake.debounce", debounce, "intake.scan_interval", "200ms"), Map.of());
        return ((ConfigOutcome.Loaded) outcome).config();
    }

    /** Remembers events and tasks, and wakes whoever waits for them. */
    private static final class Memory implements EventSink, Engine {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final List<Event> events = new ArrayList<>();
        private final List<Task> tasks = new ArrayList<>();
        private final List<Integer> commits = new CopyOnWriteArrayList<>();

        private volatile String unreadable = "";
        private volatile TaskStatus status = TaskStatus.QUEUED;
        private volatile boolean failNextCommit;
        private volatile @Nullable Error failOnce;
        private final Map<String, Throwable> faults = new HashMap<>();

        @Override
        public void emit(Event event) {
            remember(() -> events.add(event));
        }

        @Override
        public void commit(List<? extends Event> committed) {
            if (failNextCommit) {
                failNextCommit = false;
                throw new IllegalStateException("cannot be written");
            }
            commits.add(committed.size());
            remember(() -> events.addAll(committed));
        }

        @Override
        public void submit(Task task, @Nullable Instant notBefore) {
            remember(() -> tasks.add(task));
        }

        @Override
        public void resume(Task task) {
            throw new AssertionError("intake takes new tasks only");
        }

        @Override
        public boolean signal(TaskId id, Signal signal) {
            return false;
        }

        @Override
        public void serve(TaskHandler handler, int slots) {}

        @Override
        public void close() {}

        Optional<KnownTasks.Known> find(TaskId id) {
            Error error = failOnce;
            failOnce = null;
            if (error != null) {
                throw error;
            }
            if (faults.get(id.value()) instanceof RuntimeException fault) {
                throw fault;
            }
            if (faults.get(id.value()) instanceof Error fault) {
                throw fault;
            }
            if (id.value().equals(unreadable)) {
                throw new UncheckedIOException(new IOException("results/" + id + ".json is damaged"));
            }
            Map<TaskId, String> hashes = new HashMap<>();
            accepted()
                    .forEach(event ->
                            hashes.put(event.taskId(), event.task().source().sha256()));
            return Optional.ofNullable(hashes.get(id)).map(hash -> new KnownTasks.Known(hash, status));
        }

        List<TaskAccepted> accepted() {
            return all(TaskAccepted.class);
        }

        List<DaemonEvent.TaskRejected> rejections() {
            return all(DaemonEvent.TaskRejected.class);
        }

        List<Task> tasks() {
            lock.lock();
            try {
                return List.copyOf(tasks);
            } finally {
                lock.unlock();
            }
        }

        void clear() {
            remember(() -> {
                events.clear();
                tasks.clear();
            });
        }

        List<Task> awaitTasks(int count) {
            await(() -> tasks.size() >= count);
            return tasks();
        }

        void await(BooleanSupplier condition) {
            lock.lock();
            try {
                long left = Duration.ofSeconds(60).toNanos();
                while (!condition.getAsBoolean()) {
                    if (left <= 0) {
                        fail("waited too long; seen: " + events);
                    }
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                lock.unlock();
            }
        }

        private <T> List<T> all(Class<T> type) {
            lock.lock();
            try {
                return events.stream().filter(type::isInstance).map(type::cast).toList();
            } finally {
                lock.unlock();
            }
        }

        private void remember(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
