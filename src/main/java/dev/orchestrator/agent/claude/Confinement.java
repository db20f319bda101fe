package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.sandbox.Enclosure;
import dev.orchestrator.guard.sandbox.Sandbox;
import dev.orchestrator.guard.sandbox.Sensitive;
import dev.orchestrator.guard.sandbox.UserSecrets;
import dev.orchestrator.task.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
     * @param program the first word of it
     * @param environment that it is going to have
     */
    Sandbox.Entry enter(
            List<String> command, AgentRequest request, Map<String, String> environment, SecretFiles secrets)
            throws IOException, InterruptedException {
        Sandbox.Entry entry = sandbox.enter(command, () -> enclosure(command, request, environment, secrets));
        if (entry instanceof Sandbox.Entry.Enclosed) {
            Files.write(request.files().sandbox(), (BUBBLEWRAP + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return entry;
    }

    /** What a run that was started is in. */
    static String of(AgentRequest request) {
        return Files.exists(request.files().sandbox()) ? BUBBLEWRAP : NONE;
    }

    private Enclosure enclosure(
            List<String> command, AgentRequest request, Map<String, String> environment, SecretFiles secrets)
            throws IOException {
        List<Path> readable = new ArrayList<>(request.readRoots());
        readable.addAll(List.of(request.directory(), request.files().settings()));
        readable.addAll(ClaudeFiles.program(Path.of(command.get(0))));
        List<Path> changeable = new ArrayList<>(writable.get());
        List<Path> fixed = new ArrayList<>(own.fixed());
        List<Path> hidden = new ArrayList<>(own.hidden());
        hidden.addAll(own.hiddenFiles());
        ClaudeFiles files = ClaudeFiles.of(environment);
        changeable.addAll(files.writable(hasCommands(request)));
        fixed.addAll(files.fixed());
        if (files.home().isPresent()) {
            readable.add(files.home().get());
            hidden.addAll(UserSecrets.in(files.home().get(), secrets));
        }
        for (Path root : request.readRoots()) {
            if (!root.equals(request.directory())) {
                hidden.addAll(Sensitive.in(root, secrets, hidden).secrets());
            }
        }
        Sensitive sensitive = Sensitive.in(request.directory(), secrets, hidden);
        hidden.addAll(sensitive.secrets());
        if (request.access() == Access.WRITE) {
            changeable.add(request.directory());
            changeable.addAll(sensitive.pinned());
            fixed.addAll(sensitive.protectedOnes());
            makeOwn(request);
        }
        hidden.removeIf(path -> writable.get().stream().anyMatch(path::startsWith));
        return new Enclosure(
                request.directory(), readable, changeable, files.surroundings(), fixed, hidden, variables(environment));
    }

    private static boolean hasCommands(AgentRequest request) {
        return request.allowedTools().stream().anyMatch(rule -> rule.startsWith("Bash"));
    }

    /** What is not there cannot be hidden, and settings that an agent writes would be those of the orchestrator. */
    private void makeOwn(AgentRequest request) throws IOException {
        for (Path file : hasCommands(request) ? own.hiddenFiles() : List.<Path>of()) {
            if (file.startsWith(request.directory()) && !Files.exists(file) && !Files.isSymbolicLink(file)) {
                Files.createFile(file);
            }
        }
    }

    /** Directories for temporary files that are named outright may not be there. */
    private static Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> inside = new HashMap<>();
        List.of("CLAUDE_CODE_TMPDIR", "CLAUDE_TMPDIR").forEach(name -> {
            if (environment.containsKey(name)) {
                inside.put(name, "");
            }
        });
        return inside;
    }
}
