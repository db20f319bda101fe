package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Clocks;
import dev.orchestrator.process.RunFiles;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.TaskSpec;
import dev.orchestrator.task.Terms;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts together what the agent is asked for: the terms of the turn over the limits that hold otherwise. */
final class Requests {
    private Requests() {}

    static AgentRequest of(
            Turn turn,
            RunLimits limits,
            Workplace place,
            Path attachments,
            RunFiles files,
            NextSession.Start start,
            Instant startedAt) {
        TaskSpec spec = turn.view().task().spec();
        ParseStep.Parsed parsed = turn.parsed();
        Terms terms = narrowed(turn, files.attempt());
        return new AgentRequest(
                turn.id(),
                startedAt,
                start.id(),
                start.resume(),
                costOf(start.id(), turn, files.attempt()),
                place.explained(start.prompt(parsed.prompt())),
                place.directory(),
                place.original(),
                place.readRoots(withAttachments(limits.allowedRoots(), attachments)),
                terms.access(),
                terms.tools(),
                either(terms.model(), limits.model()),
                either(terms.maxTurns(), limits.maxTurns()),
                either(spec.maxBudgetUsd(), limits.maxBudgetUsd()),
                clocks(terms, limits.clocks()),
                spec.outputSchema(),
                files);
    }

    /** A link would lead the agent to where nobody meant it to read. */
    private static List<Path> withAttachments(List<Path> allowed, Path attachments) {
        if (!Files.isDirectory(attachments, LinkOption.NOFOLLOW_LINKS)) {
            return allowed;
        }
        List<Path> roots = new ArrayList<>(allowed);
        try {
            roots.add(attachments.toRealPath());
        } catch (IOException e) {
            // Gone just now.
            return allowed;
        }
        return roots;
    }

    /** A step of a task that is led may have less than its task, never more. */
    private static Terms narrowed(Turn turn, int attempt) {
        Terms terms = turn.parsed().terms();
        return turn.view()
                .notes()
                .coordination()
                .step(attempt)
                .map(step -> terms.narrowed(step.readOnly(), step.tools()))
                .orElse(terms);
    }

    /** Of earlier turns nobody knows which of it was for which session: all of it, then. */
    private static BigDecimal costOf(String session, Turn turn, int attempt) {
        BigDecimal earlier = session.equals(turn.view().notes().earlierSession())
                ? turn.view().notes().earlierCostUsd()
                : BigDecimal.ZERO;
        return turn.attemptsBefore(attempt).stream()
                .filter(other -> other.sessionId().equals(session))
                .map(AttemptView::end)
                .filter(Objects::nonNull)
                .map(AttemptView.End::costUsd)
                .filter(Objects::nonNull)
                .reduce(earlier, BigDecimal::add);
    }

    private static Clocks clocks(Terms terms, Clocks defaults) {
        return new Clocks(
                defaults.startup(),
                terms.idleTimeout() == null ? defaults.idle() : terms.idleTimeout(),
                terms.timeout() == null ? defaults.total() : terms.timeout(),
                defaults.resultGrace(),
                defaults.stopGrace());
    }

    private static <T> @Nullable T either(@Nullable T wished, @Nullable T otherwise) {
        return wished == null ? otherwise : wished;
    }
}
