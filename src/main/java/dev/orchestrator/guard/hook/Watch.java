package dev.orchestrator.guard.hook;

import dev.orchestrator.guard.Decision;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.ToolUse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run that is guarded. The server's thread decides and writes down; the thread that follows the run asks what was seen.
 * Thread-safe.
 */
public final class Watch implements Sight, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    /** No run makes so many, unless it wants to fill the memory or the disk. */
    private static final int MOST_CALLS = 100_000;

    private static final Decision TOO_MANY = new Decision.Refused(
            new Refusal(Refusal.Kind.TOOL, "this run has used more tools than any run may", null, null));

    private final URI address;
    private final Policy policy;
    private final GuardRecord record;
    private final BiConsumer<String, Watch> end;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<GuardRecord.Refused> untold = new ArrayList<>();

    /** @param earlier what a watch over the same run has written down before */
    Watch(URI address, Policy policy, GuardRecord record, GuardRecord.Earlier earlier, BiConsumer<String, Watch> end) {
        this.address = address;
        this.policy = policy;
        this.record = record;
        this.end = end;
        seen.addAll(earlier.seen());
        untold.addAll(earlier.refused());
        earlier.refused().forEach(each -> refused.add(each.call()));
    }

    /** Where the agent asks. */
    public URI address() {
        return address;
    }

    /** Says what {@code use} may do, and remembers that it was asked. */
    Decision decide(ToolUse use) {
        if (seen.size() >= MOST_CALLS) {
            return TOO_MANY;
        }
        Decision decision = policy.decide(use);
        // Written down before it is answered: whatever happens was seen before it happened.
        try {
            record.add(use, decision);
        } catch (IOException e) {
            log.warn("A decision of the guard cannot be written down: {}", e.toString());
        }
        if (decision instanceof Decision.Refused no) {
            refused.add(use.id());
            synchronized (untold) {
                untold.add(new GuardRecord.Refused(use.id(), use.tool(), no.refusal()));
            }
        }
        seen.add(use.id());
        return decision;
    }

    /** Also of earlier watches over the same run. */
    @Override
    public boolean hasSeen(String id) {
        return seen.contains(id);
    }

    @Override
    public boolean hasRefused(String id) {
        return refused.contains(id);
    }

    @Override
    public List<GuardRecord.Refused> newlyRefused() {
        synchronized (untold) {
            List<GuardRecord.Refused> all = List.copyOf(untold);
            untold.clear();
            return all;
        }
    }

    /** Nobody is answered at this address any more. */
    @Override
    public void close() {
        end.accept(address.getPath(), this);
        try {
            record.close();
        } catch (IOException e) {
            log.debug("The guard's record cannot be closed: {}", e.toString());
        }
    }
}
