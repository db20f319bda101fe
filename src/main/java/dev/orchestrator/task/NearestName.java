package dev.orchestrator.task;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class NearestName {
    private static final int MAX_DISTANCE = 3;

    private NearestName() {}

    /**
     * The name in {@code known} with the fewest typing errors between it and {@code given}, upper and lower case being
     * the same; of equally near ones the first in the alphabet. Empty when none is near: more than three errors, or half
     * of {@code given} or more.
     */
    public static Optional<String> nearest(String given, Collection<String> known) {
        String folded = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> Math.abs(name.length() - folded.length()) <= MAX_DISTANCE)
                .sorted()
                .map(name -> new Candidate(name, distance(folded, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance <= MAX_DISTANCE && candidate.distance * 2 < folded.length())
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::name);
    }

    private record Candidate(String name, int distance) {}

    /** Levenshtein's distance, one row of the table at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
