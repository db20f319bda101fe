package dev.orchestrator.guard.hook;

import dev.orchestrator.guard.Decision;
import dev.orchestrator.guard.Policy;
import dev.orchestrator.guard.Refusal;
import dev.orchestrator.guard.ToolUse;
import java.io.IOException;
import java.net.URI;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run that is guarded. The server's thread decides and writes down; the thread that follows the run asks what was seen.
 * Thread-safe.
 */
public final class Watch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    /** No run makes so many, unless it wants to fill the memory or the disk. */
    private static final int MOST_CALLS = 100_000;

    private static final Decision TOO_MANY = new Decision.Refused(
            new Refusal(Refusal.Kind.TOOL, "this run has used more tools than any run may", null, null));

    private final URI address;
    private final Policy policy;
    private final GuardRecord record;
    private final BiConsumer<String, Watch> end;
    private final Sightings sightings;

    /** @param sightings what a watch over the same run has seen before; this one adds to it */
    Watch(URI address, Policy policy, GuardRecord record, Sightings sightings, BiConsumer<String, Watch> end) {
        this.address = address;
        this.policy = policy;
        this.record = record;
        this.end = end;
        this.sightings = sightings;
    }

    /** Where the agent asks. */
    public URI address() {
        return address;
    }

    /** Says what {@code use} may do, and remembers that it was asked. */
    Decision decide(ToolUse use) {
        if (sightings.size() >= MOST_CALLS) {
            return TOO_MANY;
        }
        Decision decision = policy.decide(use);
        // Written down before it is answered: whatever happens was seen before it happened.
        try {
            record.add(use, decision);
        } catch (IOException e) {
            log.warn("A decision of the guard cannot be written down: {}", e.toString());
        }
        if (decision instanceof Decision.Refused refused) {
            sightings.refused(new GuardRecord.Refused(use.id(), use.tool(), refused.refusal()));
        } else {
            sightings.passed(use.id());
        }
        return decision;
    }

    /** What it saw, and what earlier watches over the same run did. */
    public Sightings sightings() {
        return sightings;
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
