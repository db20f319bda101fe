package dev.orchestrator.time;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time. */
public record Backoff(Duration first, Duration longest) {

    /** @param tries how many were in vain; never negative */
    public Duration after(int tries) {
        Duration wait = first;
        for (int i = 0; i < tries && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
