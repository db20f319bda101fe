package dev.orchestrator.agent.claude;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.sandbox.Enclosure;
import dev.orchestrator.guard.sandbox.Sensitive;
import dev.orchestrator.guard.sandbox.UserSecrets;
import dev.orchestrator.task.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts together what a program sees in the sandbox that is not the CLI: a command of the user's, which runs behind an agent and
 * what it wrote, or another agent.
 */
final class CommandEnclosure {
    private final Confinement.Own own;
    private final List<Path> users;
    private final SecretFiles secrets;

    /** @param users what the user lets every run change */
    CommandEnclosure(Confinement.Own own, List<Path> users, SecretFiles secrets) {
        this.own = own;
        this.users = users;
        this.secrets = secrets;
    }

    /** For a command. */
    Enclosure of(Path directory, Map<String, String> environment) throws IOException {
        return of(directory, Access.WRITE, List.of(), List.of(), environment);
    }

    /** For an agent. */
    Enclosure of(AgentRequest request, Path program, Map<String, String> environment) throws IOException {
        if (request.access() == Access.WRITE) {
            own.makeIn(request.directory());
        }
        return of(
                request.directory(), request.access(), request.readRoots(), ClaudeFiles.program(program), environment);
    }

    private Enclosure of(
            Path directory, Access access, List<Path> roots, List<Path> program, Map<String, String> environment)
            throws IOException {
        List<Path> readable = new ArrayList<>(List.of(directory));
        readable.addAll(roots);
        readable.addAll(program);
        List<Path> writable = new ArrayList<>();
        List<Path> fixed = new ArrayList<>(own.fixed());
        List<Path> hidden = new ArrayList<>(own.hidden());
        hidden.addAll(own.hiddenFiles());
        ClaudeFiles files = ClaudeFiles.of(environment);
        files.config().ifPresent(hidden::add);
        files.home().ifPresent(readable::add);
        for (Path home : homes(files)) {
            hidden.addAll(UserSecrets.in(home, secrets));
        }
        List<Path> known = List.copyOf(hidden);
        for (Path root : roots) {
            if (!root.equals(directory)) {
                hidden.addAll(Sensitive.in(root, secrets, known).secrets());
            }
        }
        Sensitive sensitive = Sensitive.in(directory, secrets, known);
        hidden.addAll(sensitive.secrets());
        if (access == Access.WRITE) {
            writable.add(directory);
            writable.addAll(sensitive.pinned());
            fixed.addAll(sensitive.protectedOnes());
        }
        writable.addAll(users);
        for (Path user : users) {
            fixed.addAll(Sensitive.ofGit(Files.exists(user.resolve("HEAD")) ? user : user.resolve(".git")));
            hidden.addAll(Sensitive.in(user, secrets, List.copyOf(hidden)).secrets());
        }
        hidden.removeIf(users::contains);
        return new Enclosure(directory, readable, writable, List.of(), List.of(), fixed, hidden, Map.of());
    }

    /** A command may be given another home, or none; what is secret in the user's own is so all the same. */
    private static Set<Path> homes(ClaudeFiles files) {
        Set<Path> homes = new LinkedHashSet<>();
        files.home().ifPresent(homes::add);
        homes.add(Path.of(System.getProperty("user.home", "/")).toAbsolutePath());
        return homes;
    }
}
