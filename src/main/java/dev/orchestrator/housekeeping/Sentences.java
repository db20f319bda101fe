package dev.orchestrator.housekeeping;

import java.time.Duration;

/** What came of it, in words; the same from the daemon and from a command. */
public final class Sentences {
    private Sentences() {}

    /**
     * @param count of what is of this kind
     * @param dryRun whether it only would be
     */
    public static String cleaned(Cleaning.Kind kind, Duration age, int count, long bytes, boolean dryRun) {
        String what = count == 1 ? one(kind) : kind.toString();
        return count + " " + what + " older than " + age.toDays() + " days " + are(count, dryRun) + " removed ("
                + (bytes >> 10) + " KB).";
    }

    /** @param dryRun whether it only would be */
    public static String pruned(Pruning.Report report, boolean dryRun) {
        int count = report.removed().size();
        return count + (count == 1 ? " segment" : " segments") + " of the journal " + are(count, dryRun) + " removed, "
                + report.packed().size() + " packed"
                + (dryRun ? "." : " (" + (report.bytes() >> 10) + " KB less).");
    }

    private static String one(Cleaning.Kind kind) {
        String all = kind.toString();
        return all.substring(0, all.length() - 1);
    }

    private static String are(int count, boolean dryRun) {
        return dryRun ? "would be" : count == 1 ? "is" : "are";
    }
}
