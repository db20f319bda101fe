package dev.orchestrator.task;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name a user meant: for the errors about names that nobody knows. */
public final class NearestName {
    private NearestName() {}

    /**
     * The known name with the fewest edits (insert, delete or replace a character, case aside) from {@code given}, as long
     * as they are few for its length; the first of equals. Empty when none comes close.
     */
    public static Optional<String> nearest(String given, Collection<String> known) {
        int allowed = Math.max(1, given.length() / 3);
        Optional<String> nearest = Optional.empty();
        for (String name : known) {
            int edits = edits(given, name, allowed);
            if (edits <= allowed) {
                nearest = Optional.of(name);
                allowed = edits - 1;
            }
        }
        return nearest;
    }

    /** The Levenshtein distance; any number above {@code enough} once it is clear that it is above. */
    private static int edits(String given, String known, int enough) {
        if (Math.abs(given.length() - known.length()) > enough) {
            return enough + 1;
        }
        String from = given.toLowerCase(Locale.ROOT);
        String to = known.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int index = 0; index < from.length(); index++) {
            advance(row, from.charAt(index), to);
        }
        return row[to.length()];
    }

    /** Turns the distances of a prefix into those of the prefix that is longer by {@code next}. */
    private static void advance(int[] row, char next, String to) {
        int diagonal = row[0];
        row[0]++;
        for (int column = 1; column < row.length; column++) {
            int replaced = diagonal + (to.charAt(column - 1) == next ? 0 : 1);
            diagonal = row[column];
            row[column] = Math.min(replaced, Math.min(row[column - 1], diagonal) + 1);
        }
    }
}
