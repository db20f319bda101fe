package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.sandbox.Enclosure;
import dev.orchestrator.guard.sandbox.Sensitive;
import dev.orchestrator.guard.sandbox.UserSecrets;
import dev.orchestrator.task.Access;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Puts together what one run sees in its sandbox. For one run. */
final class RunEnclosure {
    private static final List<String> TEMPORARY = List.of("CLAUDE_CODE_TMPDIR", "CLAUDE_TMPDIR");

    private final Confinement.Own own;
    private final List<Path> users;
    private final AgentRequest request;
    private final SecretFiles secrets;
    private final List<Path> readable = new ArrayList<>();
    private final List<Path> writable = new ArrayList<>();
    private final List<Path> fixed = new ArrayList<>();
    private final List<Path> hidden = new ArrayList<>();

    /**
     * @param users what the user lets every run change
     * @param secrets names of files that the run may not read
     */
    RunEnclosure(Confinement.Own own, List<Path> users, AgentRequest request, SecretFiles secrets) {
        this.own = own;
        this.users = users;
        this.request = request;
        this.secrets = secrets;
    }

    /**
     * @param program what is going to run, with the words that belong to it and to no task; files that these name by their whole
     *     path are seen
     * @param environment that it is going to have
     */
    Enclosure of(List<String> program, Map<String, String> environment) throws IOException {
        ClaudeFiles files = ClaudeFiles.of(environment);
        addOwn();
        addFilesOf(files);
        readable.addAll(ClaudeFiles.program(Path.of(program.get(0))));
        for (String word : program) {
            // A class path is several.
            Stream.of(word.split(File.pathSeparator))
                    .filter(part -> part.startsWith("/"))
                    .map(Path::of)
                    .forEach(readable::add);
        }
        addPlaces(files);
        addUsers(files);
        return new Enclosure(
                request.directory(),
                readable,
                writable,
                files.surroundings(),
                files.emptied(),
                fixed,
                hidden,
                variables(environment));
    }

    private void addOwn() throws IOException {
        readable.add(request.files().settings());
        readable.add(request.files().servers());
        if (Files.exists(request.files().servers())) {
            readable.add(request.files().servers());
        }
        fixed.addAll(own.fixed());
        hidden.addAll(own.hidden());
        hidden.addAll(own.hiddenFiles());
        if (hasCommands() && request.access() == Access.WRITE) {
            own.makeIn(request.directory());
        }
    }

    private void addFilesOf(ClaudeFiles files) throws IOException {
        writable.addAll(files.writable(hasCommands()));
        fixed.addAll(files.fixed());
        hidden.addAll(files.hidden());
        files.home().ifPresent(readable::add);
        Set<Path> homes = new LinkedHashSet<>();
        files.home().ifPresent(homes::add);
        // A run may be given another home, or none; what is secret in the user's own is so all the same.
        homes.add(Path.of(System.getProperty("user.home", "/")).toAbsolutePath());
        for (Path home : homes) {
            hidden.addAll(UserSecrets.in(home, secrets));
        }
    }

    private void addPlaces(ClaudeFiles files) {
        List<Path> seenTo = new ArrayList<>(hidden);
        // Its login looks like a secret, and its name is one of those that are protected.
        files.config().ifPresent(seenTo::add);
        readable.addAll(request.readRoots());
        for (Path root : request.readRoots()) {
            if (!root.equals(request.directory())) {
                hidden.addAll(Sensitive.in(root, secrets, seenTo).secrets());
            }
        }
        addDirectory(Sensitive.in(request.directory(), secrets, seenTo));
    }

    private void addUsers(ClaudeFiles files) {
        List<Path> seenTo = new ArrayList<>(hidden);
        files.config().ifPresent(seenTo::add);
        writable.addAll(users);
        for (Path user : users) {
            fixed.addAll(Sensitive.ofGit(Files.exists(user.resolve("HEAD")) ? user : user.resolve(".git")));
            hidden.addAll(Sensitive.in(user, secrets, seenTo).secrets());
        }
        // Only what is named itself is shown: whoever opens a cache does not mean the keys that lie in it.
        hidden.removeIf(users::contains);
    }

    private void addDirectory(Sensitive sensitive) {
        readable.add(request.directory());
        hidden.addAll(sensitive.secrets());
        if (request.access() == Access.WRITE) {
            writable.add(request.directory());
            writable.addAll(sensitive.pinned());
            fixed.addAll(sensitive.protectedOnes());
        }
    }

    /** Its own, or those that its repository brings along. */
    private boolean hasCommands() {
        return RunProject.isTrusted(request) || request.grantsCommands();
    }

    /** Directories for temporary files that are named outright may not be there. */
    private static Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> inside = new HashMap<>();
        for (String name : TEMPORARY) {
            if (environment.containsKey(name)) {
                inside.put(name, "");
            }
        }
        return inside;
    }
}
