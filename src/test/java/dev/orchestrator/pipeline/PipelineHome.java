package dev.orchestrator.pipeline;

import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.Agents;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.artifact.Artifact;
import dev.orchestrator.artifact.ArtifactStore;
import dev.orchestrator.artifact.ContextLoader;
import dev.orchestrator.config.Home;
import dev.orchestrator.guard.GuardedReader;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.manifest.ManifestScanner;
import dev.orchestrator.guard.staging.Staging;
import dev.orchestrator.mediator.Coordinator;
import dev.orchestrator.mediator.Mediator;
import dev.orchestrator.mediator.RuleMediator;
import dev.orchestrator.mediator.Templates;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.task.Cancellation;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Outcome;
import dev.orchestrator.task.Task;
import dev.orchestrator.task.TaskBody;
import dev.orchestrator.task.TaskEvent.TaskAccepted;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.testkit.ManualTime;
import dev.orchestrator.testkit.RecordingSink;
import dev.orchestrator.testkit.SchemaCheck;
import dev.orchestrator.testkit.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A home with a project, a journal in memory and a pipeline over them; a new pipeline is a new daemon. */
final class PipelineHome {
    static final TaskBody BODY = new TaskBody("Do it.", List.of(), List.of(), "");

    final Path project;
    final Home home;
    final ManualTime time = new ManualTime();
    final RecordingSink journal = new RecordingSink(time);
    final ArtifactStore artifacts;
    boolean textIsUnusable;
    Mediator mediator = new RuleMediator();
    Coordinator coordinator = Coordinator.NOBODY;
    private final SecretFiles secrets = new SecretFiles(SecretFiles.USUAL);
    final ScriptedCommands commands = new ScriptedCommands();
    Redactor redactor = Redactor.SHAPES_ONLY;
    RunLimits.Watched watched = new RunLimits.Watched(List.of(), false);
    final FakeDispatch dispatch = new FakeDispatch();

    PipelineHome(Path temp) throws IOException {
        Path root = temp.toRealPath();
        project = Files.createDirectory(root.resolve("project"));
        home = new Home(root.resolve("home"));
        home.prepare();
        artifacts = new ArtifactStore(home);
    }

    /** A task in the project, accepted. */
    Task accept(TaskBuilder builder) throws IOException {
        return acceptAsItIs(builder.writes(project.toString()));
    }

    /** A task that has only claimed to read in the project. */
    Task acceptReader(TaskBuilder builder) throws IOException {
        return acceptAsItIs(builder.reads(project.toString()));
    }

    private Task acceptAsItIs(TaskBuilder builder) throws IOException {
        Task task = builder.build();
        Files.writeString(home.accepted(task.id()), "Do it.");
        journal.commit(new TaskAccepted(task.id(), task, null, "utf-8", "Do it."));
        return task;
    }

    /** One daemon that is asked more than once. */
    PipelineRun daemon(Agent agent) {
        return new PipelineRun(pipeline(agent, new ManifestScanner(home.ownDirectories())), time);
    }

    Outcome run(Agent agent, Task task) throws InterruptedException {
        return run(agent, new ManifestScanner(home.ownDirectories()), task);
    }

    Outcome run(Agent agent, ManifestScanner scanner, Task task) throws InterruptedException {
        return pipeline(agent, scanner).run(task, new Cancellation());
    }

    /** Ends a task that never ran. */
    Outcome end(Task task, TaskStatus status, @Nullable Failure failure) throws InterruptedException {
        return pipeline(new ScriptedAgent(), new ManifestScanner(List.of())).end(task, status, failure);
    }

    private Pipeline pipeline(Agent agent, ManifestScanner scanner) {
        Pipeline.Ports ports = new Pipeline.Ports(
                ignored -> textIsUnusable
                        ? new TaskTexts.Result.Unusable(Failure.of(FailureCategory.CONFIG, "it was changed"))
                        : new TaskTexts.Result.Found("Do it", BODY),
                mediator,
                coordinator,
                new GuardedReader(() -> new OwnFiles(home.ownDirectories(), List.of(), false), () -> secrets),
                new Templates(home.templates()),
                Agents.only(agent),
                commands,
                scanner,
                new Staging(home.staging(), scanner, () -> 1L << 30),
                artifacts,
                new ContextLoader(artifacts, () -> 3_000),
                journal.state()::active,
                dispatch,
                redactor,
                journal);
        Duration hour = Duration.ofHours(1);
        RunLimits limits = new RunLimits(
                List.of(project),
                new Clocks(hour, hour, hour, hour, hour),
                null,
                null,
                null,
                2,
                Duration.ofHours(12),
                new RunLimits.Staged(false, Duration.ofDays(7)),
                watched,
                new RunLimits.Accepted(hour, 3),
                new RunLimits.Led(3, 12),
                2);
        return new Pipeline(home, ports, () -> limits, new Random(1), time);
    }

    /** What was published, valid by its schema. */
    Artifact artifact(Task task) throws IOException {
        SchemaCheck.files(home);
        return artifacts
                .find(task.id())
                .orElseThrow(() -> new AssertionError("no artifact of " + task.id() + " in " + home.results()));
    }

    String summary(Task task) throws IOException {
        return Files.readString(home.summary(task.id()));
    }
}
