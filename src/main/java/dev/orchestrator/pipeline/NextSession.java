package dev.orchestrator.pipeline;

import dev.orchestrator.agent.AgentReport;
import dev.orchestrator.agent.AgentRequest;
import dev.orchestrator.agent.Agents;
import dev.orchestrator.guard.manifest.FileChange;
import dev.orchestrator.mediator.PromptComposer;
import dev.orchestrator.task.AttemptView;
import dev.orchestrator.task.Failure;
import dev.orchestrator.task.FailureCategory;
import dev.orchestrator.task.Talk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the next attempt of a turn begins: in the session of the last one, so that what that has paid for is not paid
 * for twice; or, where that session would fail again, afresh with a summary of what was done so far.
 */
final class NextSession {
    private static final int LONGEST_WORDS = 4_000;
    private static final int MOST_FILES = 50;

    private final Agents agents;
    private final Attempts attempts;
    private final Supplier<UUID> ids;

    NextSession(Agents agents, Attempts attempts, Supplier<UUID> ids) {
        this.agents = agents;
        this.attempts = attempts;
        this.ids = ids;
    }

    /**
     * @param resume true when {@code id} is a session that is there
     * @param carriedOver what is known of the work so far, for one that begins afresh; null when there was none
     * @param say what it is told besides its task; null for nothing
     * @param again true when that was said in {@code id} already
     */
    record Start(
            String id,
            boolean resume,
            @Nullable String carriedOver,
            @Nullable String say,
            boolean again) {
        /** What the agent is told. */
        String prompt(String composed) {
            if (resume && say != null && !again) {
                return say;
            }
            String all = say == null ? composed : PromptComposer.told(composed, say);
            if (resume) {
                return PromptComposer.continuation(all);
            }
            return carriedOver == null ? all : PromptComposer.afresh(all, carriedOver);
        }
    }

    /** @param known all attempts of the turn so far, in order, each of them over */
    Start after(Turn turn, List<AttemptView> known) throws IOException {
        Talk talk = turn.view().notes().talk();
        boolean again = known.size() > talk.afterAttempt();
        if (known.isEmpty()) {
            String earlier = turn.view().notes().earlierSession();
            return earlier == null
                    ? new Start(fresh(), false, null, talk.say(), false)
                    : new Start(earlier, true, null, talk.say(), false);
        }
        AttemptView last = known.get(known.size() - 1);
        boolean goesOn = isGood(last) && !isPoisoned(known) && isThere(turn, known, last.sessionId());
        return goesOn
                ? new Start(last.sessionId(), true, null, talk.say(), again)
                : new Start(fresh(), false, summary(turn, known).orElse(null), talk.toNewcomer(), false);
    }

    /** Of an agent that knows of nothing: what an earlier one did is not where this one works. */
    Start anew(Turn turn) {
        return new Start(fresh(), false, null, turn.view().notes().talk().toNewcomer(), false);
    }

    /** What one attempt put down is still there when a later one in the same session came to nothing. */
    private boolean isThere(Turn turn, List<AttemptView> known, String session) {
        return session.equals(turn.view().notes().earlierSession())
                || known.stream()
                        .filter(attempt -> attempt.sessionId().equals(session))
                        .anyMatch(attempt -> agents.of(turn.view().task()).canResume(attempts.request(turn, attempt)));
    }

    private String fresh() {
        return ids.get().toString();
    }

    private static boolean isGood(AttemptView last) {
        Failure failure = last.failure();
        return last.isLost() || failure == null || failure.category().keepsSession();
    }

    /** Twice in a row without an outside reason: perhaps it is the session that does it. */
    private static boolean isPoisoned(List<AttemptView> known) {
        if (known.size() < 2) {
            return false;
        }
        AttemptView last = known.get(known.size() - 1);
        AttemptView before = known.get(known.size() - 2);
        return last.sessionId().equals(before.sessionId()) && failedByItself(last) && failedByItself(before);
    }

    private static boolean failedByItself(AttemptView attempt) {
        Failure failure = attempt.failure();
        return !attempt.isLost() && failure != null && failure.category().retry() == FailureCategory.Retry.SOON;
    }

    private Optional<String> summary(Turn turn, List<AttemptView> known) throws IOException {
        Changes changes = new Changes(List.of(), List.of());
        String words = "";
        for (AttemptView attempt : known) {
            AgentRequest request = attempts.request(turn, attempt);
            changes = changes.and(Changes.read(request.files().changes()));
            AgentReport report = agents.of(turn.view().task()).report(request, attempt, new ViolationCollector());
            // The words of a failed result are the program's, not the agent's.
            boolean own = attempt.isLost() || attempt.failure() == null;
            words = own && !report.text().isBlank() ? report.text() : words;
        }
        List<FileChange> files = changes.files();
        if (files.isEmpty() && words.isBlank()) {
            return Optional.empty();
        }
        StringBuilder summary = new StringBuilder();
        if (!files.isEmpty()) {
            summary.append("Files changed so far:\n");
            files.stream()
                    .limit(MOST_FILES)
                    .forEach(file -> summary.append("- ")
                            .append(file.change())
                            .append(' ')
                            .append(file.path())
                            .append('\n'));
            if (files.size() > MOST_FILES) {
                summary.append("- and ").append(files.size() - MOST_FILES).append(" more\n");
            }
        }
        if (!words.isBlank()) {
            summary.append("\nThe last words of that attempt:\n\n").append(Markdown.capped(words, LONGEST_WORDS));
        }
        return Optional.of(summary.toString());
    }
}
