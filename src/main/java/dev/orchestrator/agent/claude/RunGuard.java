package dev.orchestrator.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.RunObserver;
import dev.orchestrator.agent.claude.GuardedRun.Attendance;
import dev.orchestrator.guard.Bounds;
import dev.orchestrator.guard.OnViolation;
import dev.orchestrator.guard.OwnFiles;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.SecretFiles;
import dev.orchestrator.guard.hook.GuardRecord;
import dev.orchestrator.guard.hook.GuardServer;
import dev.orchestrator.guard.hook.Sightings;
import dev.orchestrator.guard.hook.Watch;
import dev.orchestrator.guard.project.ProjectTrust;
import dev.orchestrator.guard.project.Standing;
import dev.orchestrator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has runs guarded, and finds the guard of a run again after a restart. Thread-safe. */
public final class RunGuard {
    private static final Logger log = LoggerFactory.getLogger(RunGuard.class);

    private final @Nullable GuardServer server;
    private final Supplier<OwnFiles> own;
    private final Path copies;
    private final Supplier<Rules> rules;
    private final Confinement confinement;
    private final ProjectTrust trust;

    /**
     * @param server null for an agent that cannot ask: then its own rules hold, and what it did is judged afterwards
     * @param own what runs may not touch, which the settings have a say in
     * @param copies where the copies are in which guarded tasks work; a part of {@code own} for all others
     * @param trust decides about the settings that repositories bring along
     */
    public RunGuard(
            @Nullable GuardServer server,
            Supplier<OwnFiles> own,
            Path copies,
            Supplier<Rules> rules,
            Confinement confinement,
            ProjectTrust trust) {
        this.server = server;
        this.own = own;
        this.copies = copies;
        this.rules = rules;
        this.confinement = confinement;
        this.trust = trust;
    }

    /**
     * What the user settled.
     *
     * @param secrets names of files that no agent may touch
     */
    public record Rules(SecretFiles secrets, OnViolation onViolation) {}

    /**
     * A run with its guard.
     *
     * @param watch null when nobody can answer the run any more
     */
    record Guarded(GuardedRun run, @Nullable Watch watch) implements AutoCloseable {
        /** Where the run asks. */
        Optional<URI> address() {
            return Optional.ofNullable(watch).map(Watch::address);
        }

        @Override
        public void close() {
            if (watch != null) {
                watch.close();
            }
        }
    }

    /** What a run may not touch: it works in a copy, or has no business there. */
    OwnFiles own(AgentRequest request) {
        OwnFiles now = own.get();
        return request.directory().startsWith(copies) ? now.without(copies) : now;
    }

    Path copies() {
        return copies;
    }

    Confinement confinement() {
        return confinement;
    }

    SecretFiles secrets() {
        return rules.get().secrets();
    }

    /** What counts of the settings that the run's repository brings along. Nothing where nobody answers the run. */
    Standing project(AgentRequest request) {
        Standing project = server == null ? new Standing.Off() : trust.of(request.taskDirectory(), request.directory());
        if (!(project instanceof Standing.Trusted)
                && request.allowedTools().stream().anyMatch(rule -> rule.startsWith("mcp__"))) {
            log.warn(
                    "Task {}: it is to use tools of MCP servers, and does without: nobody trusts the settings of {} as they"
                            + " are. See `trust`.",
                    request.taskId(),
                    request.taskDirectory());
        }
        return project;
    }

    /** Of a run that is about to start. */
    Guarded begin(AgentRequest request, Standing project, RunObserver observer) throws IOException {
        RunProject.write(request, project);
        if (server == null) {
            return over(request, observer);
        }
        Policy policy = policy(request);
        Watch watch = server.watch(policy, request.files().guard());
        return new Guarded(run(policy, watch.sightings(), observer, Attendance.FROM_THE_START), watch);
    }

    /** Of a run that goes on. When its guard cannot be had again, the agent's own rules still hold. */
    Guarded again(AgentRequest request, RunObserver observer) throws IOException {
        Optional<URI> address = address(request);
        if (server == null || address.isEmpty()) {
            return over(request, observer);
        }
        try {
            Policy policy = policy(request);
            Watch watch =
                    server.watchAgain(address.get(), policy, request.files().guard());
            return new Guarded(run(policy, watch.sightings(), observer, Attendance.AFTER_WHAT_IS_THERE), watch);
        } catch (IOException e) {
            log.warn(
                    "Task {}: its run goes on without its guard, since the port {} cannot be opened again: {}. The agent's own"
                            + " rules hold; what it does is judged afterwards.",
                    request.taskId(),
                    address.get().getPort(),
                    e.toString());
            return over(request, observer);
        }
    }

    /** Of a run that is over, or that nobody can answer any more. */
    Guarded over(AgentRequest request, RunObserver observer) throws IOException {
        Sightings sightings = GuardRecord.read(request.files().guard());
        return new Guarded(run(policy(request), sightings, observer, Attendance.NEVER), null);
    }

    private GuardedRun run(Policy policy, Sightings sightings, RunObserver observer, Attendance attendance) {
        return new GuardedRun(policy, sightings, rules.get().onViolation(), observer, attendance);
    }

    private Policy policy(AgentRequest request) {
        Bounds bounds =
                new Bounds(request.directory(), request.access(), request.readRoots(), RunProject.grants(request));
        return new Policy(bounds, own(request), rules.get().secrets());
    }

    /** The one that the run was given; it is in the run's settings and nowhere else. */
    private static Optional<URI> address(AgentRequest request) {
        try {
            JsonNode settings =
                    Json.full().readTree(Files.readAllBytes(request.files().settings()));
            return ClaudeSettings.guard(settings);
        } catch (IOException e) {
            log.warn("Task {}: where its run asks the guard cannot be read: {}", request.taskId(), e.toString());
            return Optional.empty();
        }
    }
}
