package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.run.RunEnvironment;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.project.Standing;
import dev.orchestrator.guard.sandbox.Sandbox;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.ProcessSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts the process of a run. Thread-safe. */
final class ClaudeLauncher {
    private final Supplier<ClaudeOptions> options;
    private final ClaudeProgram programs;
    private final ClaudeSettings settings;
    private final Confinement confinement;
    private final ProcessRunner processes;
    private final Map<String, String> environment;
    private final Path copies;

    /**
     * @param environment the daemon's own, of which a run sees a part
     * @param copies where the copies are in which guarded tasks work; its real path, which is the one that git compares
     */
    ClaudeLauncher(
            Supplier<ClaudeOptions> options,
            ClaudeProgram programs,
            ClaudeSettings settings,
            Confinement confinement,
            ProcessRunner processes,
            Map<String, String> environment,
            Path copies) {
        this.options = options;
        this.programs = programs;
        this.settings = settings;
        this.confinement = confinement;
        this.processes = processes;
        this.environment = Map.copyOf(environment);
        this.copies = copies;
    }

    /**
     * Writes what the run needs and starts its process.
     *
     * @param secrets names of files that it may not touch
     * @param guard where it has to ask before each call of a tool
     * @param project what of its repository's own settings counts
     */
    Launch start(AgentRequest request, SecretFiles secrets, Optional<URI> guard, Standing project)
            throws IOException, InterruptedException {
        ClaudeOptions chosen = options.get();
        ClaudeProgram.Search search = programs.find(chosen.command());
        if (search instanceof ClaudeProgram.Search.Missing missing) {
            return new Launch.NotStarted(missing.problem(), Launch.Why.PROGRAM_MISSING);
        }
        List<String> program = new ArrayList<>();
        program.add(((ClaudeProgram.Search.Found) search).program().toString());
        program.addAll(chosen.arguments());
        PrivateFile.createDirectories(request.files().directory());
        PrivateFile.write(request.files().settings(), settings.of(request, secrets, guard, project));
        boolean servers = RunProject.writeServers(request, project);
        String prompt = PromptText.harmless(request.prompt(), request.directory());
        // Not writeString, which refuses half a surrogate pair; here it becomes a question mark.
        PrivateFile.write(request.files().prompt(), prompt.getBytes(StandardCharsets.UTF_8));
        List<String> command = ClaudeCommand.of(program, request, servers);
        Map<String, String> seen = environment(chosen, request);
        Sandbox.Entry entry = confinement.enter(program, command, request, seen, secrets);
        if (entry instanceof Sandbox.Entry.Refused refused) {
            return new Launch.NotStarted(refused.problem(), Launch.Why.SANDBOX_MISSING);
        }
        // Made by whoever starts a process, they could be read by everybody; those that are there are only emptied.
        PrivateFile.create(request.files().stream());
        PrivateFile.create(request.files().stderr());
        return processes.start(new ProcessSpec(
                entry instanceof Sandbox.Entry.Enclosed enclosed ? enclosed.command() : command,
                request.directory(),
                seen,
                request.files().prompt(),
                request.files().stream(),
                request.files().stderr()));
    }

    private Map<String, String> environment(ClaudeOptions chosen, AgentRequest request) {
        Map<String, String> result =
                new HashMap<>(ClaudeEnvironment.of(environment, chosen.passEnv(), chosen.configDir()));
        RunEnvironment.keepGitIn(copies.toString(), result);
        result.put(ProcessFamily.MARK, request.sessionId());
        return result;
    }
}
