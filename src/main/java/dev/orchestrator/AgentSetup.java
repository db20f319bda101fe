package dev.orchestrator;

import dev.orchestrator.acceptance.CommandRunner;
import dev.orchestrator.acceptance.ShellRunner;
import dev.orchestrator.agent.Agent;
import dev.orchestrator.agent.Agents;
import dev.orchestrator.agent.claude.ClaudeAgent;
import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.ClaudeProgram;
import dev.orchestrator.agent.claude.Confinement;
import dev.orchestrator.agent.claude.RunGuard;
import dev.orchestrator.agent.command.CommandAgent;
import dev.orchestrator.agent.command.CommandMachine;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.files.NameCase;
import dev.orchestrator.guard.GuardedReader;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.hook.GuardServer;
import dev.orchestrator.guard.project.ProjectTrust;
import dev.orchestrator.guard.project.TrustedDirectories;
import dev.orchestrator.guard.sandbox.Sandbox;
import dev.orchestrator.notice.Channel;
import dev.orchestrator.notice.CommandChannel;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.Programs;
import dev.orchestrator.secret.Redactor;
import dev.orchestrator.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts the agent together with all that keeps it within bounds. */
final class AgentSetup {
    private final Home home;
    private final Supplier<Config> config;
    private final Map<String, String> environment;
    private final TimeSource time;

    AgentSetup(Home home, Supplier<Config> config, Map<String, String> environment, TimeSource time) {
        this.home = home;
        this.config = config;
        this.environment = environment;
        this.time = time;
    }

    Agents agents(
            Supplier<ClaudeOptions> options,
            ProcessRunner processes,
            GuardServer server,
            Confinement confinement,
            Redactor redactor) {
        Agent claude = agent(options, processes, server, confinement, redactor);
        CommandMachine machine = new CommandMachine(
                environment,
                (command, request, writable, seen) -> confinement.enclose(
                        command,
                        request,
                        writable,
                        seen,
                        Limits.guard(config.get()).secrets()),
                home.staging(),
                isWindows());
        return new Agents(
                claude,
                name -> new CommandAgent(
                        name,
                        () -> Limits.agents(config.get()),
                        machine,
                        processes,
                        CommandAgent.MOST_OUTPUT,
                        redactor,
                        time));
    }

    boolean isWindows() {
        return "\\".equals(home.root().getFileSystem().getSeparator());
    }

    private Agent agent(
            Supplier<ClaudeOptions> options,
            ProcessRunner processes,
            GuardServer server,
            Confinement confinement,
            Redactor redactor) {
        return new ClaudeAgent(
                options,
                new ClaudeProgram(new Programs(environment, isWindows())),
                processes,
                environment,
                new RunGuard(
                        server,
                        this::ownFiles,
                        home.staging(),
                        () -> Limits.guard(config.get()),
                        confinement,
                        new ProjectTrust(new TrustedDirectories(home.trusted()), home.staging())),
                redactor,
                time);
    }

    Confinement confinement() {
        Sandbox sandbox = Sandbox.ofThisMachine(() -> config.get().guard().sandbox(), environment, time);
        Confinement.Own own = new Confinement.Own(
                List.of(home.tasks(), home.results(), home.summaries(), home.logs(), home.staging()),
                home.ownFiles(),
                List.of(home.templates()));
        return new Confinement(sandbox, own, () -> config.get().guard().sandboxWritable());
    }

    /** Has a program of the user's tell what happened. */
    Channel teller(List<String> command) {
        return new CommandChannel(command, home.root(), environment, isWindows());
    }

    /** Runs the user's acceptance commands, within the same bounds. */
    CommandRunner commands(ProcessRunner processes, Confinement confinement) {
        return new ShellRunner(
                processes,
                (command, directory, seen) -> confinement.enter(
                        command, directory, seen, Limits.guard(config.get()).secrets()),
                environment,
                name -> ClaudeOptions.passes(config.get().claude().passEnv(), name),
                isWindows(),
                time);
    }

    /** For who sees no more than an agent may. */
    GuardedReader reader() {
        return new GuardedReader(ownFiles(), () -> Limits.guard(config.get()).secrets());
    }

    OwnFiles ownFiles() {
        List<Path> directories = new ArrayList<>(home.ownDirectories());
        directories.add(home.staging());
        // Whoever changes the agent's own settings decides what the next run may do.
        directories.addAll(ofTheProgram());
        return new OwnFiles(
                directories, home.hiddenFromAgents(), directories.stream().anyMatch(NameCase::isIgnoredFor));
    }

    /** By both names when a link leads there: an agent works in real paths. */
    private List<Path> ofTheProgram() {
        Optional<Path> given = config.get()
                .claude()
                .configDir()
                .or(() -> Optional.ofNullable(environment.get("CLAUDE_CONFIG_DIR"))
                        .filter(name -> !name.isBlank())
                        .map(name -> Path.of(name).toAbsolutePath()));
        return given.map(path -> List.of(path, real(path))).orElse(List.of());
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
