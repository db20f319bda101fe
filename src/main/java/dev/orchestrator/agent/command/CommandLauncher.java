package dev.orchestrator.agent.command;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.run.RunEnvironment;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.sandbox.Sandbox;
import dev.orchestrator.process.Launch;
import dev.orchestrator.process.ProcessFamily;
import dev.orchestrator.process.ProcessRunner;
import dev.orchestrator.process.ProcessSpec;
import dev.orchestrator.process.Programs;
import dev.orchestrator.process.RunFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the process of a run. Thread-safe. */
final class CommandLauncher {
    private final CommandMachine machine;
    private final Programs programs;
    private final ProcessRunner processes;

    CommandLauncher(CommandMachine machine, ProcessRunner processes) {
        this.machine = machine;
        this.programs = new Programs(machine.environment(), machine.windows());
        this.processes = processes;
    }

    Launch start(AgentRequest request, CommandOptions options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(options.command());
        Optional<Path> program = programs.find(command.get(0));
        if (program.isEmpty()) {
            return new Launch.NotStarted(
                    "there is no program `" + command.get(0) + "` on the PATH", Launch.Why.PROGRAM_MISSING);
        }
        command.set(0, program.get().toString());
        Map<String, String> seen = environment(request, options);
        RunFiles files = request.files();
        write(request, options);
        if (!options.unsandboxed()) {
            Sandbox.Entry entry = machine.enclosing().enter(command, request, options.writable(), seen);
            if (!(entry instanceof Sandbox.Entry.Enclosed enclosed)) {
                return new Launch.NotStarted(problem(entry), Launch.Why.SANDBOX_MISSING);
            }
            command = enclosed.command();
        }
        return processes.start(new ProcessSpec(
                machine.windows() ? command : ExitNote.noting(command, request.sessionId(), files.exit()),
                request.directory(),
                seen,
                files.prompt(),
                files.stream(),
                files.stderr()));
    }

    /** Made by whoever starts a process, they could be read by everybody; those that are there are only emptied. */
    private static void write(AgentRequest request, CommandOptions options) throws IOException {
        RunFiles files = request.files();
        PrivateFile.createDirectories(files.directory());
        PrivateFile.write(files.settings(), new RunRecord(options.form()).bytes());
        // Not writeString, which refuses half a surrogate pair; here it becomes a question mark.
        PrivateFile.write(files.prompt(), request.prompt().getBytes(StandardCharsets.UTF_8));
        PrivateFile.write(files.exit(), new byte[0]);
        PrivateFile.create(files.stream());
        PrivateFile.create(files.stderr());
    }

    private Map<String, String> environment(AgentRequest request, CommandOptions options) {
        Map<String, String> seen = RunEnvironment.of(machine.environment(), options.passEnv());
        RunEnvironment.keepGitIn(machine.copies().toString(), seen);
        seen.put(ProcessFamily.MARK, request.sessionId());
        return seen;
    }

    private static String problem(Sandbox.Entry entry) {
        return entry instanceof Sandbox.Entry.Refused refused ? refused.problem() : "there is no sandbox";
    }
}
