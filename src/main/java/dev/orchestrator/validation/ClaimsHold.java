package dev.orchestrator.validation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the agent says it wrote is there, lies where it may write, and what changed it has said; and what it set out to
 * write did not fail without anything else being done.
 */
final class ClaimsHold implements Validator {
    @Override
    public String name() {
        return "evidence";
    }

    @Override
    public Finding check(Evidence evidence) {
        List<Claim> claims = evidence.claims();
        return forbidden(claims, evidence)
                .or(() -> failed(evidence))
                .or(() -> gone(claims, evidence))
                .or(() -> unseen(claims, evidence))
                .or(() -> unclaimed(claims, evidence))
                .orElseGet(() -> evidence.passIfAllWasSeen(
                        claims.size() + " claimed, " + evidence.changed().size() + " changed"));
    }

    private static Optional<Finding> forbidden(List<Claim> claims, Evidence evidence) {
        List<String> forbidden = paths(
                claims,
                claim -> !claim.inside()
                        || evidence.own().stream().anyMatch(evidence.directory().resolve(claim.path())::startsWith));
        return forbidden.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.error("said to be written where nothing may be: " + Evidence.some(forbidden)));
    }

    /** It may have reached its end another way; but where nothing changed there was none. */
    private static Optional<Finding> failed(Evidence evidence) {
        if (evidence.failed().isEmpty() || evidence.readOnly()) {
            return Optional.empty();
        }
        String detail = "tried to write and did not succeed: " + Evidence.some(evidence.failed());
        boolean nothingDone = evidence.changed().isEmpty() && evidence.unread().isEmpty();
        return Optional.of(nothingDone ? Finding.error(detail) : Finding.warning(detail));
    }

    /** Without commands an agent cannot take away what it wrote: a file that is gone was never there. */
    private static Optional<Finding> gone(List<Claim> claims, Evidence evidence) {
        List<String> gone =
                paths(claims, claim -> !claim.there() && !evidence.unread().covers(claim.path()));
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        String detail = "said to be written, but not there: " + Evidence.some(gone);
        return Optional.of(evidence.hadShell() ? Finding.warning(detail) : Finding.error(detail));
    }

    /** A claimed file may be ignored by git, or have been written as it was before. */
    private static Optional<Finding> unseen(List<Claim> claims, Evidence evidence) {
        Set<String> changed = Set.copyOf(evidence.changed());
        List<String> unseen = paths(
                claims,
                claim -> !changed.contains(claim.path()) && !evidence.unread().covers(claim.path()));
        return unseen.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning("said to be written, but not seen to change: " + Evidence.some(unseen)));
    }

    private static Optional<Finding> unclaimed(List<Claim> claims, Evidence evidence) {
        Set<String> claimed = claims.stream().map(Claim::path).collect(Collectors.toSet());
        List<String> unclaimed = evidence.changed().stream()
                .filter(path -> !claimed.contains(path))
                .toList();
        return unclaimed.isEmpty() || evidence.hadShell()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "changed during the run, but not by the agent's tools: " + Evidence.some(unclaimed)));
    }

    private static List<String> paths(List<Claim> claims, Predicate<Claim> which) {
        return claims.stream().filter(which).map(Claim::path).toList();
    }
}
