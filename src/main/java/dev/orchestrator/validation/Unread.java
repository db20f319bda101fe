package dev.orchestrator.validation;

import java.util.List;

/**
 * Where nobody could look, before the turn or after it: whatever changed there is not known.
 *
 * @param places directories and single files relative to the working directory, with forward slashes; {@code .} is the
 *     working directory itself
 */
public record Unread(List<String> places) {
    private static final String ALL = ".";

    /** Everything could be looked at. */
    public static final Unread NOTHING = new Unread(List.of());

    /** How the directory stood before is lost. */
    public static final Unread EVERYTHING = new Unread(List.of(ALL));

    public Unread {
        places = List.copyOf(places);
    }

    /** True when there is no such place. */
    public boolean isEmpty() {
        return places.isEmpty();
    }

    /** True when {@code path} is such a place or lies in one. */
    boolean covers(String path) {
        return places.stream().anyMatch(place -> place.equals(ALL) || isIn(place, path));
    }

    /** True when {@code directory} is such a place, lies in one, or holds one. */
    boolean touches(String directory) {
        return directory.isEmpty()
                ? !isEmpty()
                : covers(directory) || places.stream().anyMatch(place -> isIn(directory, place));
    }

    private static boolean isIn(String directory, String path) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }

    /** For a message, such as {@code not known, because nobody could look into data, secret.txt}. */
    @Override
    public String toString() {
        return places.contains(ALL)
                ? "not known, because the working directory as a whole could not be compared with how it stood before"
                : "not known, because nobody could look into " + Evidence.some(places);
    }
}
