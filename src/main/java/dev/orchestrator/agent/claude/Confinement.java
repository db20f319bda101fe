package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts runs into the sandbox, where there is one. Thread-safe. */
public final class Confinement {
    /** As artifacts have it. */
    static final String NONE = "none";

    private static final String BUBBLEWRAP = "bubblewrap";

    private final Sandbox sandbox;
    private final Own own;
    private final Supplier<List<Path>> writable;

    /**
     * What belongs to the orchestrator.
     *
     * @param hidden directories that no run sees into
     * @param hiddenFiles files that no run sees; may be missing
     * @param fixed directories that no run changes
     */
    public record Own(List<Path> hidden, List<Path> hiddenFiles, List<Path> fixed) {
        public Own {
            hidden = List.copyOf(hidden);
            hiddenFiles = List.copyOf(hiddenFiles);
            fixed = List.copyOf(fixed);
        }

        /** What is not there cannot be hidden, and settings that an agent writes would be those of the orchestrator. */
        void makeIn(Path directory) throws IOException {
            for (Path file : hiddenFiles) {
                if (file.startsWith(directory) && !Files.exists(file) && !Files.isSymbolicLink(file)) {
                    PrivateFile.create(file);
                }
            }
        }
    }

    /** @param writable what the user lets every run change, besides its directory */
    public Confinement(Sandbox sandbox, Own own, Supplier<List<Path>> writable) {
        this.sandbox = sandbox;
        this.own = own;
        this.writable = writable;
    }

    /** None for any run. */
    public static Confinement none() {
        return new Confinement(Sandbox.none(), new Own(List.of(), List.of(), List.of()), List::of);
    }

    /** Why no run may be started now; empty when one may. */
    public Optional<String> lack() throws InterruptedException {
        return sandbox.lack();
    }

    /**
     * How {@code command} is to be started.
     *
     * @param program its beginning, which belongs to no task
     * @param environment that it is going to have
     */
    Sandbox.Entry enter(
            List<String> program,
            List<String> command,
            AgentRequest request,
            Map<String, String> environment,
            SecretFiles secrets)
            throws IOException, InterruptedException {
        Sandbox.Entry entry = sandbox.enter(
                command, () -> new RunEnclosure(own, writable.get(), request, secrets).of(program, environment));
        if (entry instanceof Sandbox.Entry.Enclosed) {
            PrivateFile.write(request.files().sandbox(), (BUBBLEWRAP + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return entry;
    }

    /**
     * How a command of the user's is to be started, which works in {@code directory} alone. What it runs was written by an agent,
     * so it sees as little: no login, no secrets, nothing of the orchestrator's.
     *
     * @param environment that it is going to have
     */
    public Sandbox.Entry enter(
            List<String> command, Path directory, Map<String, String> environment, SecretFiles secrets)
            throws IOException, InterruptedException {
        return sandbox.enter(
                command, () -> new CommandEnclosure(own, writable.get(), secrets).of(directory, environment));
    }

    /**
     * How an agent is to be started that nobody can ask about what it does: in the sandbox, or not at all. It sees what the
     * user's commands see, and changes its directory when its task may change something.
     *
     * @param its what it may change besides, where it keeps what is its own
     * @param environment that it is going to have
     */
    public Sandbox.Entry enclose(
            List<String> command,
            AgentRequest request,
            List<Path> its,
            Map<String, String> environment,
            SecretFiles secrets)
            throws IOException, InterruptedException {
        List<Path> users = new ArrayList<>(writable.get());
        users.addAll(its);
        Sandbox.Entry entry = sandbox.require(
                command,
                () -> new CommandEnclosure(own, users, secrets).of(request, Path.of(command.get(0)), environment));
        if (entry instanceof Sandbox.Entry.Enclosed) {
            PrivateFile.write(request.files().sandbox(), (BUBBLEWRAP + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return entry;
    }

    /** What a run that was started is in. */
    static String of(AgentRequest request) {
        return Files.exists(request.files().sandbox()) ? BUBBLEWRAP : NONE;
    }
}
