package dev.orchestrator.state;

import dev.orchestrator.task.Notice;
import java.util.List;
import java.util.Map;

/**
 * Notices that are not told yet everywhere.
 *
 * @param channels for each the last notice that is done with there
 * @param pending in order
 * @param dropped how many were too many, since nobody took them for long
 */
public record Outbox(Map<String, Long> channels, List<Notice> pending, long dropped) {
    public static final Outbox EMPTY = new Outbox(Map.of(), List.of(), 0);

    public Outbox {
        channels = Map.copyOf(channels);
        pending = List.copyOf(pending);
    }

    /** What is to be told there, in order. */
    public List<Notice> pending(String channel) {
        Long done = channels.get(channel);
        return done == null
                ? List.of()
                : pending.stream().filter(notice -> notice.seq() > done).toList();
    }
}
