package dev.orchestrator.task;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits for a person, and what was said about it.
 *
 * @param patchSha256 of what the person is shown
 * @param expiresAt when it is rejected if nobody says anything; null for never
 * @param decision null as long as nobody has decided
 * @param problems why it could not be applied the last time it was granted; empty when it was not
 */
public record Approval(
        Instant requestedAt,
        @Verbatim String patchSha256,
        @Nullable Instant expiresAt,
        @Nullable Decision decision,
        List<String> problems) {
    /** Who decides when no person does. */
    public static final String NOBODY = "orchestrator";

    public Approval {
        Objects.requireNonNull(requestedAt);
        Objects.requireNonNull(patchSha256);
        problems = List.copyOf(problems);
    }

    /**
     * What was decided. It is in force from the moment it is on disk.
     *
     * @param by who decided
     * @param files globs of what is granted; empty for all of it
     * @param reason of who rejects, null when none was given
     */
    public record Decision(
            boolean granted,
            String by,
            Instant at,
            @Verbatim List<String> files,
            @Nullable String reason) {
        public Decision {
            Objects.requireNonNull(by);
            Objects.requireNonNull(at);
            files = List.copyOf(files);
        }

        /** Whether the time was over in which a person could have decided. */
        public boolean isOfNobody() {
            return by.equals(NOBODY);
        }
    }

    Approval decided(Decision how) {
        return new Approval(requestedAt, patchSha256, expiresAt, how, List.of());
    }

    /** It waits again. */
    Approval refused(List<String> why) {
        return new Approval(requestedAt, patchSha256, expiresAt, null, why);
    }

    public boolean isGranted() {
        return decision != null && decision.granted();
    }
}
