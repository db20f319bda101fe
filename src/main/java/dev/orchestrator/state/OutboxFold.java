package dev.orchestrator.state;

import dev.orchestrator.task.Approval;
import dev.orchestrator.task.AttemptEvent.SecurityViolation;
import dev.orchestrator.task.DaemonEvent;
import dev.orchestrator.task.Event;
import dev.orchestrator.task.Hold;
import dev.orchestrator.task.Notice;
import dev.orchestrator.task.Notice.Kind;
import dev.orchestrator.task.NoticeEvent;
import dev.orchestrator.task.ScheduleEvent;
import dev.orchestrator.task.TaskEvent;
import dev.orchestrator.task.TaskStatus;
import dev.orchestrator.task.TaskView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes notices of events, and forgets them when every channel has had them. For one thread at a time. */
final class OutboxFold {
    /** A channel that takes nothing for so long is told of the latest ones when it is back. */
    private static final int MOST = 2_000;

    private final Map<String, Long> channels = new HashMap<>();
    private final Deque<Notice> pending = new ArrayDeque<>();
    private long dropped;

    OutboxFold(Outbox start) {
        channels.putAll(start.channels());
        pending.addAll(start.pending());
        dropped = start.dropped();
    }

    Outbox outbox() {
        return new Outbox(channels, List.copyOf(pending), dropped);
    }

    /** @param view of the task that the event is about, after it; null for an event about no task, or one that is over */
    void fold(long seq, Event event, @Nullable TaskView view, Instant at) {
        if (event instanceof NoticeEvent about) {
            channel(seq, about);
        } else if (!channels.isEmpty()) {
            notice(seq, event, view, at).ifPresent(this::add);
        }
    }

    private void channel(long seq, NoticeEvent event) {
        if (event instanceof NoticeEvent.ChannelOpened opened) {
            channels.putIfAbsent(opened.channel(), seq);
        } else if (event instanceof NoticeEvent.ChannelClosed closed) {
            channels.remove(closed.channel());
        } else if (event instanceof NoticeEvent.NoticeSent sent) {
            channels.computeIfPresent(sent.channel(), (name, done) -> Math.max(done, sent.notice()));
        } else if (event instanceof NoticeEvent.NoticeRefused refused) {
            channels.computeIfPresent(refused.channel(), (name, done) -> Math.max(done, refused.notice()));
        }
        long told = channels.values().stream().mapToLong(done -> done).min().orElse(Long.MAX_VALUE);
        while (!pending.isEmpty() && pending.getFirst().seq() <= told) {
            pending.removeFirst();
        }
    }

    private void add(Notice notice) {
        pending.addLast(notice);
        if (pending.size() > MOST) {
            pending.removeFirst();
            dropped++;
        }
    }

    private Optional<Notice> notice(long seq, Event event, @Nullable TaskView view, Instant at) {
        if (event instanceof TaskEvent.TaskFinished finished && view != null) {
            return ofEnd(seq, finished, view, at);
        }
        if (event instanceof TaskEvent.TurnFinished turn && turn.status().awaitsPerson() && view != null) {
            return Optional.of(about(seq, Kind.WAITING, view, turn.status(), "", at));
        }
        if (event instanceof SecurityViolation violation && view != null && !isKnown(violation)) {
            String what = violation.tool() + (violation.target() == null ? "" : " " + violation.target());
            return Optional.of(about(seq, Kind.SECURITY, view, view.status(), what + ": " + violation.reason(), at));
        }
        return event instanceof DaemonEvent about ? ofDaemon(seq, about, at) : Optional.empty();
    }

    /** Whoever cancelled a task knows of it. */
    private static Optional<Notice> ofEnd(long seq, TaskEvent.TaskFinished finished, TaskView view, Instant at) {
        Kind kind = finished.status() == TaskStatus.SUCCEEDED ? Kind.SUCCEEDED : Kind.FAILED;
        Optional<String> expired = expired(finished, view);
        boolean told = finished.status() == TaskStatus.SUCCEEDED
                || finished.status() == TaskStatus.FAILED
                || expired.isPresent();
        String category = finished.category() == null ? "" : finished.category().toString();
        String why = expired.orElse(category);
        return told ? Optional.of(about(seq, kind, view, finished.status(), why, at)) : Optional.empty();
    }

    /** Why it was rejected, when no person did so. */
    private static Optional<String> expired(TaskEvent.TaskFinished finished, TaskView view) {
        Approval.Decision decision =
                view.approval() == null ? null : view.approval().decision();
        return finished.status() == TaskStatus.REJECTED && decision != null && decision.isOfNobody()
                ? Optional.ofNullable(decision.reason())
                : Optional.empty();
    }

    private Optional<Notice> ofDaemon(long seq, DaemonEvent event, Instant at) {
        if (event instanceof DaemonEvent.QueuePaused paused && paused.cause() != Hold.Cause.PERSON) {
            return Optional.of(plain(seq, Kind.PAUSED, paused.message() + " " + paused.remedy(), at));
        }
        if (event instanceof DaemonEvent.QueueResumed resumed && resumed.cause() != Hold.Cause.PERSON) {
            return Optional.of(plain(seq, Kind.RESUMED, resumed.cause() + ": " + resumed.reason(), at));
        }
        if (event instanceof ScheduleEvent.ScheduleRefused refused) {
            return Optional.of(plain(seq, Kind.SETTINGS, refused.problem(), at));
        }
        if (event instanceof DaemonEvent.TaskRejected rejected) {
            String text = rejected.reason() + ". " + rejected.remedy();
            return Optional.of(new Notice(seq, at, Kind.FAILED, null, rejected.file(), null, text));
        }
        return event instanceof DaemonEvent.ConfigRefused refused
                ? Optional.of(plain(seq, Kind.SETTINGS, String.join(" ", refused.problems()), at))
                : Optional.empty();
    }

    /** One that goes on reaching is not told of each time. */
    private boolean isKnown(SecurityViolation violation) {
        // Whoever has heard of it already hears of what comes now, however long others do not listen.
        long furthest = channels.values().stream().mapToLong(done -> done).max().orElse(0);
        return pending.stream()
                .anyMatch(notice -> notice.kind() == Kind.SECURITY
                        && notice.seq() > furthest
                        && violation.taskId().equals(notice.taskId()));
    }

    private static Notice about(long seq, Kind kind, TaskView view, TaskStatus status, String text, Instant at) {
        return new Notice(seq, at, kind, view.id(), view.task().spec().title(), status, text);
    }

    private static Notice plain(long seq, Kind kind, String text, Instant at) {
        return new Notice(seq, at, kind, null, null, null, text);
    }
}
