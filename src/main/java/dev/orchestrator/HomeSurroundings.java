package dev.orchestrator;

import dev.orchestrator.agent.claude.ClaudeOptions;
import dev.orchestrator.agent.claude.ClaudeProbe;
import dev.orchestrator.agent.claude.Confinement;
import dev.orchestrator.config.Config;
import dev.orchestrator.config.Home;
import dev.orchestrator.dispatch.Surroundings;
import dev.orchestrator.files.AtomicFile;
import dev.orchestrator.files.Moves;
import dev.orchestrator.files.PrivateFile;
import dev.orchestrator.process.Programs;
import dev.orchestrator.task.Hold;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The home's disk and the agent's program. Thread-safe. */
final class HomeSurroundings implements Surroundings {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Home home;
    private final Supplier<Config> config;
    private final Supplier<ClaudeOptions> agent;
    private final Confinement confinement;
    private final Map<String, String> environment;

    HomeSurroundings(
            Home home,
            Supplier<Config> config,
            Supplier<ClaudeOptions> agent,
            Confinement confinement,
            Map<String, String> environment) {
        this.home = home;
        this.confinement = confinement;
        this.config = config;
        this.agent = agent;
        this.environment = Map.copyOf(environment);
    }

    /** Nobody but the API knows whether it takes the credentials, or whether there is money. */
    @Override
    public boolean mayBeMended(Hold.Cause cause) throws InterruptedException {
        ClaudeProbe probe = new ClaudeProbe(agent.get(), environment, home.root(), ANSWER);
        return switch (cause) {
            case AGENT_MISSING -> probe.version() instanceof ClaudeProbe.Version.Known || isAnyThere();
            case SANDBOX_MISSING -> confinement.lack().isEmpty();
            case AUTH -> !(probe.login() instanceof ClaudeProbe.Login.LoggedOut);
            default -> true;
        };
    }

    /** Nobody says which of several is missing; a task of the one that still is waits again. */
    private boolean isAnyThere() {
        Programs programs = new Programs(environment, File.separatorChar == '\\');
        return config.get().agents().values().stream()
                .anyMatch(each -> programs.find(each.command().get(0)).isPresent());
    }

    private long minFree() {
        return config.get().disk().minFree();
    }

    @Override
    public Optional<String> lackOfSpace() {
        try {
            long free = Files.getFileStore(home.logs()).getUsableSpace();
            return free >= minFree()
                    ? Optional.empty()
                    : Optional.of("the disk of " + home.root() + " has less than " + (minFree() >> 20)
                            + " MB left (`disk.min_free`)");
        } catch (IOException e) {
            return Optional.of(unusable(home.logs(), e));
        }
    }

    @Override
    public Optional<String> ownFilesProblem() {
        for (Path directory : home.neededDirectories()) {
            try {
                PrivateFile.createDirectories(directory);
                Path probe = home.writeProbe(directory);
                AtomicFile.write(probe, new byte[] {'\n'});
                Moves.delete(probe);
            } catch (IOException e) {
                return Optional.of(unusable(directory, e));
            }
        }
        return lackOfSpace();
    }

    private static String unusable(Path directory, IOException e) {
        // Without the name of the file, which is another one each time.
        boolean told = e instanceof FileSystemException failed && failed.getReason() != null;
        String reason =
                told ? ((FileSystemException) e).getReason() : e.getClass().getSimpleName();
        return directory + " cannot be written: " + reason;
    }
}
